"""The domain and the read side: pure, typed, testable without a browser."""
