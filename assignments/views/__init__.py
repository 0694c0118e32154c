"""Doors: fetch what the person may see, clean the input, call one verb, answer."""
