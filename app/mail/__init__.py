"""Mail: bytes to messages and back."""
