"""One way for all thin registers: a record is entered, corrected with a reason, or withdrawn with a reason.

A package declares its registers once, in its `kinds.py`: which model, who may enter, which days come first, what the
form and the list show. Acts, events, year counters and pages follow from the declaration.
"""
