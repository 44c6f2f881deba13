"""The append-only record of what was done: events, their chain, subscriptions."""
