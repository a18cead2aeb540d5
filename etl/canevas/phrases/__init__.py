"""What the senders are told: how grave each rule is, and its one sentence."""
