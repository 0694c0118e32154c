"""Excel and CSV files in and out: guarded reading, tables with Vietnamese headings, files given back with messages. No database."""
