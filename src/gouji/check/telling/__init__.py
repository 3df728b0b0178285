"""From ledger to finding (成文): what belongs together, what it weighs, where it stands, how it is said."""
