"""The desk's back office: what its accounts and people come from."""
