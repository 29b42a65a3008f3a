"""From records to named graphs: quads, rules, checks, the store and the build that joins them."""
