"""The shell: base templates, design tokens, components. It knows nothing of incidents; pages hand it plain values."""
