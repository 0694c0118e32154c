"""Rosters as Excel sheets: what is filled in is read, judged cell by cell, and given back. Plain data, no database."""
