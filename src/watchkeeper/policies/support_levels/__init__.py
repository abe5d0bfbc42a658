"""What is promised, for everybody and for one's own account: pages rendered from the policy that is enforced."""
