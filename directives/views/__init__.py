"""Doors to papers: fetch what this person may see, clean the input, call one verb, answer."""
