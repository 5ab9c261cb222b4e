"""From photos and labels to generators of faces, directions and measures."""
