"""From modules to notebooks."""
