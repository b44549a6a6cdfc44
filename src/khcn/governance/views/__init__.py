"""The pages of sessions, readings and recommendations."""
