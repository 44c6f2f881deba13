"""Accounts and sign-in backends; nothing about agencies or posts."""
