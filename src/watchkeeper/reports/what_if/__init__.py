"""What if: the incidents of a period under other terms, each with its own timeline. It reads, and writes nothing."""
