"""One file a step, oldest first (迁移步骤)."""
