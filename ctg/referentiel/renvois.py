"""YAML without aliases: ten lines that name one another ten times would fill the memory of a machine."""

import yaml


class ChargeurSansRenvoi(yaml.SafeLoader):
    """Refuses `*alias` as a fault of writing, at its line: none of our files needs one."""

    def compose_node(self, parent, index):
        """As the parser of the library, but for an alias: raises yaml.composer.ComposerError."""
        if self.check_event(yaml.AliasEvent):
            renvoi = self.peek_event()
            raise yaml.composer.ComposerError(None, None, f"*{renvoi.anchor}", renvoi.start_mark)
        return super().compose_node(parent, index)
