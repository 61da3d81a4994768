"""The generated mailbox of the invented magazine Winter Review."""
