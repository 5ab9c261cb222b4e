"""The data folder: photos aligned and cut out, labels, and pictures as files and as tensors."""
