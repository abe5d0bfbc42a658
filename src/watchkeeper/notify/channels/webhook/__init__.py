"""The operator's alarm webhook: where alarms go when mail does not do."""
