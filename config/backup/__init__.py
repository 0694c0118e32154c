"""Back-up and restore: the database and its files in one archive, on both engines, while the product runs.

`archive` knows the file, `engines` the two databases, `keeping` when to make one and which to keep, `restoring` the way back;
`manage.py backup` is the door for people, `config.tasks.keep_backups` for beat.

An archive is not encrypted: it is readable by its owner only (mode 0600), and a passphrase that is lost loses every back-up.
Whoever carries one out of the house encrypts it on the way (docs/operations.md shows `gpg --symmetric`).
"""
