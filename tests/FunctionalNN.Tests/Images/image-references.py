"""Writes fixtures/: small picture files, and references.txt with what Pillow reads from each.

A line of references.txt: file, fit, height, width, channels, the bytes in hexadecimal digits (rows, columns, channels).
Run with a Python that has Pillow and NumPy: python3 image-references.py
"""
import os

import numpy as np
import PIL
from PIL import Image, ImageOps

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
os.makedirs(folder, exist_ok=True)
random = np.random.default_rng(7)


def smooth(height, width, channels):
    small = random.integers(0, 256, (3, 4, channels), dtype=np.uint8)
    planes = [np.asarray(Image.fromarray(small[:, :, c]).resize((width, height), Image.BICUBIC)) for c in range(channels)]
    return np.stack(planes, 2)


colour = random.integers(0, 256, (9, 13, 3), dtype=np.uint8)
Image.fromarray(colour).save(os.path.join(folder, "colour.png"))
Image.fromarray(colour[:, :, 0]).save(os.path.join(folder, "grey.png"))
alpha = np.concatenate([colour, random.integers(0, 256, (9, 13, 1), dtype=np.uint8)], 2)
alpha[0, 0, 3], alpha[0, 1, 3] = 0, 255
Image.fromarray(alpha, "RGBA").save(os.path.join(folder, "alpha.png"))
Image.fromarray(colour).quantize(16).save(os.path.join(folder, "palette.png"))
Image.fromarray(smooth(24, 40, 3)).save(os.path.join(folder, "photo.jpg"), quality=90)
Image.fromarray(smooth(24, 40, 1)[:, :, 0]).save(os.path.join(folder, "grey-photo.jpg"), quality=90)
turned = Image.fromarray(smooth(16, 24, 3))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned.save(os.path.join(folder, f"orientation-{orientation}.jpg"), quality=95, subsampling=0, exif=exif)


def opened(name):
    picture = ImageOps.exif_transpose(Image.open(os.path.join(folder, name)))
    if picture.mode == "RGBA":
        # Over white, rounded to the nearest, as integers.
        levels = np.asarray(picture).astype(int)
        a = levels[:, :, 3:]
        picture = Image.fromarray(((levels[:, :, :3] * a + 255 * (255 - a) + 127) // 255).astype(np.uint8))
    return picture


def read(name, fit, height, width, channels):
    picture = opened(name).convert("RGB").convert("L" if channels == 1 else "RGB")
    if fit == "Stretch":
        made = picture.resize((width, height), Image.BILINEAR)
    elif fit == "Crop":
        scale = min(picture.width / width, picture.height / height)
        w, h = width * scale, height * scale
        left, top = (picture.width - w) / 2, (picture.height - h) / 2
        made = picture.resize((width, height), Image.BILINEAR, (left, top, left + w, top + h))
    else:
        scale = max(picture.width / width, picture.height / height)
        w, h = max(1, round(picture.width / scale)), max(1, round(picture.height / scale))
        made = Image.new(picture.mode, (width, height), 255 if channels == 1 else (255, 255, 255))
        made.paste(picture.resize((w, h), Image.BILINEAR), ((width - w) // 2, (height - h) // 2))
    return np.asarray(made).tobytes().hex()


sizes = [(9, 13), (4, 5), (20, 21), (1, 1), (7, 3)]
with open(os.path.join(folder, "references.txt"), "w") as out:
    out.write(f"# Pillow {PIL.__version__}\n")
    for name in sorted(os.listdir(folder)):
        if name.endswith((".png", ".jpg")):
            for fit in ["Stretch", "Crop", "Pad"]:
                for height, width in sizes if name in ("colour.png", "photo.jpg") else sizes[1:2]:
                    for channels in [1, 3]:
                        if fit == "Stretch" or name in ("colour.png", "photo.jpg"):
                            out.write(f"{name} {fit} {height} {width} {channels} {read(name, fit, height, width, channels)}\n")
