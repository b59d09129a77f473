"""Programs that do part of what Mufakat does, called as their own documents say."""
