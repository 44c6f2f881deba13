"""What a check of reports gives out: JSON for programs, a page, a workbook, the terminal."""
