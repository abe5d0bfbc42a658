"""Published policy versions, licences, agreements and SLAs, and the promise they make to an account."""
