"""The data every stage speaks (数据模型): frozen, without input or output."""
