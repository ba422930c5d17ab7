"""The parts of the pacer; `app.services.rate_limiter` is the whole."""
