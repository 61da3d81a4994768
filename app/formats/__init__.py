"""Readers and writers of documents and photographs, one file each; they meet at the article."""
