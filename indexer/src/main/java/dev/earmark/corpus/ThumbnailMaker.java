package dev.earmark.corpus;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small pictures out of pictures that nobody vouches for.
 *
 * <p>What a picture is, its first bytes say; names and media types are not asked. JPEG, PNG and GIF
 * are read and written anew as JPEG of at most {@value #SIDE} pixels a side, on white where they
 * are transparent, upright where the camera was not (Exif), and without whatever else was in the
 * file. WebP, which the JDK does not read, is kept as it is if it is small. SVG is refused: it may
 * hold scripts.
 *
 * <p>Memory is bounded before it is taken: the size in pixels is read from the head of the file and
 * held against {@value #MOST_PIXELS}, and of a large picture only every so many pixels are read.
 */
final class ThumbnailMaker {
  static final int SIDE = 300;

  /** Of a file that holds a picture. */
  static final int MOST_BYTES = 16 << 20;

  /** Cover art of podcasts has 9,000,000 pixels at most. */
  static final int MOST_PIXELS = 40_000_000;

  /** Of a JPEG that comes in passes, which takes six bytes a pixel to read. */
  static final int MOST_PASSING_PIXELS = 16_000_000;

  /** A WebP of the size of a thumbnail has less than half of this. */
  static final int MOST_WEBP_BYTES = 100_000;

  private static final float QUALITY = 0.82f;

  private ThumbnailMaker() {}

  /**
   * Makes the thumbnail of a picture.
   *
   * @throws IOException if there is none to be made of it, saying why
   */
  static Thumbnail of(byte[] bytes) throws IOException {
    if (bytes.length > MOST_BYTES) {
      throw new IOException("is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    if (isWebp(bytes)) {
      return webp(bytes);
    }
    String form = form(bytes);
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(form);
    ImageReader reader = readers.next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      JpegHead head = form.equals("jpeg") ? JpegHead.of(bytes) : JpegHead.PLAIN;
      requireBounds(width, height, head.progressive() ? MOST_PASSING_PIXELS : MOST_PIXELS);
      ImageReadParam param = reader.getDefaultReadParam();
      // Twice halved afterwards, what is left out here does not show.
      int step = Math.max(1, Math.max(width, height) / (4 * SIDE));
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage read;
      if (head.inks()) {
        read = printed(reader.readRaster(0, param), head.luminance());
      } else {
        read = reader.read(0, param);
      }
      BufferedImage small = upright(smaller(read), head.orientation());
      return Thumbnail.of(jpeg(small), small.getWidth(), small.getHeight());
    } catch (IIOException | EOFException e) {
      throw new IOException("is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // The readers of the JDK throw whatever a damaged file leads them to.
      throw new IOException("is damaged: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static void requireBounds(int width, int height, int most) throws IOException {
    if (width < 1 || height < 1) {
      throw new IOException("has no pixels");
    }
    if ((long) width * height > most) {
      throw new IOException(
          String.format(Locale.ROOT, "has %,d × %,d pixels, more than %,d", width, height, most));
    }
  }

  /** The name that ImageIO has for the form of a picture. */
  private static String form(byte[] bytes) throws IOException {
    String head = new String(bytes, 0, Math.min(bytes.length, 1_000), StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return "jpeg";
    }
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "png";
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return "gif";
    }
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("<svg") || lower.contains("<!doctype svg")) {
      throw new IOException("is SVG, which may hold scripts; save it as PNG");
    }
    throw new IOException("is no JPEG, PNG, GIF or WebP");
  }

  static boolean isWebp(byte[] bytes) {
    return bytes.length > 32
        && new String(bytes, 0, 16, StandardCharsets.ISO_8859_1)
            .matches("(?s)RIFF....WEBPVP8[ LX]");
  }

  /**
   * A WebP as it is, of the size that its head gives.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9649">RFC 9649, 2</a>
   */
  private static Thumbnail webp(byte[] bytes) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int width;
    int height;
    switch (bytes[15]) {
      case 'X' -> {
        width = (head.getInt(24) & 0xFFFFFF) + 1;
        height = (head.getInt(27) & 0xFFFFFF) + 1;
      }
      case 'L' -> {
        int sizes = head.getInt(21);
        width = (sizes & 0x3FFF) + 1;
        height = (sizes >>> 14 & 0x3FFF) + 1;
      }
      default -> {
        width = head.getShort(26) & 0x3FFF;
        height = head.getShort(28) & 0x3FFF;
      }
    }
    requireBounds(width, height, MOST_PIXELS);
    if (bytes.length > MOST_WEBP_BYTES) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "is WebP of %,d bytes, which cannot be made smaller here; save it as JPEG or PNG",
              bytes.length));
    }
    double scale = Math.min(1, SIDE / (double) Math.max(width, height));
    return Thumbnail.of(bytes, scaled(width, scale), scaled(height, scale));
  }

  private static int scaled(int side, double scale) {
    return Math.max(1, (int) Math.round(side * scale));
  }

  /** The picture in red, green and blue on white, of at most {@value #SIDE} pixels a side. */
  private static BufferedImage smaller(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BufferedImage at = drawn(picture, width, height);
    double scale = Math.min(1, SIDE / (double) Math.max(width, height));
    int toWidth = scaled(width, scale);
    int toHeight = scaled(height, scale);
    while (width != toWidth || height != toHeight) {
      // Halved, every new pixel is the mean of all those it stands for.
      width = Math.max(toWidth, width / 2);
      height = Math.max(toHeight, height / 2);
      at = drawn(at, width, height);
    }
    return at;
  }

  private static BufferedImage drawn(BufferedImage picture, int width, int height) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return drawn;
  }

  /**
   * A picture for print as a screen shows it: four inks, which Adobe's programs write inverted, the
   * first three perhaps as luminance and chrominance.
   */
  private static BufferedImage printed(Raster inks, boolean luminance) {
    BufferedImage shown =
        new BufferedImage(inks.getWidth(), inks.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4 * inks.getWidth()];
    for (int y = 0; y < inks.getHeight(); y++) {
      inks.getPixels(inks.getMinX(), inks.getMinY() + y, inks.getWidth(), 1, row);
      for (int x = 0; x < inks.getWidth(); x++) {
        double[] light = {row[4 * x], row[4 * x + 1], row[4 * x + 2]};
        if (luminance) {
          double blue = light[1] - 128;
          double red = light[2] - 128;
          double grey = light[0];
          light[0] = 255 - Math.clamp(grey + 1.402 * red, 0, 255);
          light[1] = 255 - Math.clamp(grey - 0.344136 * blue - 0.714136 * red, 0, 255);
          light[2] = 255 - Math.clamp(grey + 1.772 * blue, 0, 255);
        }
        int pixel = 0;
        for (double one : light) {
          pixel = pixel << 8 | (int) Math.clamp(one * row[4 * x + 3] / 255, 0, 255);
        }
        shown.setRGB(x, y, pixel);
      }
    }
    return shown;
  }

  /**
   * The picture turned as Exif says it is to be shown.
   *
   * @param orientation 1 to 8, as Exif counts: mirrored, turned, or both
   */
  private static BufferedImage upright(BufferedImage picture, int orientation) {
    if (orientation == 1) {
      return picture;
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean onItsSide = orientation >= 5;
    BufferedImage turned =
        new BufferedImage(
            onItsSide ? height : width, onItsSide ? width : height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean fromRight = orientation == 2 || orientation == 3 || orientation >= 7;
        boolean fromBelow =
            orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int across = fromRight ? width - 1 - x : x;
        int down = fromBelow ? height - 1 - y : y;
        turned.setRGB(onItsSide ? down : across, onItsSide ? across : down, picture.getRGB(x, y));
      }
    }
    return turned;
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 << 10);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
