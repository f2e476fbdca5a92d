package dev.earmark.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.ArtworkFolder;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Artwork;
import dev.earmark.model.Problem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures beside files, in tags and in feeds, and what must not be taken for one. */
class ArtworksTest {
  private static final String VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe tide turns.\n";

  @TempDir Path folder;

  // ---- pictures, drawn here -------------------------------------------------------------------

  /** A picture of one colour with a corner, top left, of another. */
  private static BufferedImage drawn(int width, int height, int type, Color ground) {
    BufferedImage picture = new BufferedImage(width, height, type);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(ground);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(0, 0, width / 2, height / 4);
    graphics.dispose();
    return picture;
  }

  private static byte[] written(BufferedImage picture, String form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, form, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] picture(String form, int width, int height, Color ground)
      throws IOException {
    return written(drawn(width, height, BufferedImage.TYPE_INT_RGB, ground), form);
  }

  private static byte[] jpeg(Color ground) throws IOException {
    return picture("jpeg", 640, 640, ground);
  }

  private static BufferedImage read(byte[] thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail));
  }

  /** The colour in the middle of a thumbnail, where no corner reaches. */
  private static Color ground(@Nullable Thumbnail thumbnail) throws IOException {
    BufferedImage read = read(Objects.requireNonNull(thumbnail).bytes());
    return new Color(read.getRGB(read.getWidth() * 3 / 4, read.getHeight() * 3 / 4));
  }

  private static void assertLooksLike(@Nullable Thumbnail thumbnail, Color expected)
      throws IOException {
    Color found = ground(thumbnail);
    assertThat(Math.abs(found.getRed() - expected.getRed())).as("%s", found).isLessThan(12);
    assertThat(Math.abs(found.getGreen() - expected.getGreen())).as("%s", found).isLessThan(12);
    assertThat(Math.abs(found.getBlue() - expected.getBlue())).as("%s", found).isLessThan(12);
  }

  private static byte[] webp(int width, int height, int size) {
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(ISO_8859_1)).putInt(size - 8);
    file.put("WEBPVP8X".getBytes(ISO_8859_1)).putInt(10).putInt(0);
    file.put((byte) (width - 1)).put((byte) (width - 1 >> 8)).put((byte) 0);
    file.put((byte) (height - 1)).put((byte) (height - 1 >> 8)).put((byte) 0);
    return file.array();
  }

  // ---- making them small ----------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "jpeg, 3000, 3000, 300, 300",
    "jpeg, 1280, 720, 300, 169",
    "png, 301, 900, 100, 300",
    "gif, 500, 250, 300, 150",
    "png, 64, 48, 64, 48",
    "jpeg, 2000, 3, 300, 1"
  })
  void aPictureIsMadeSmallInItsShape(String form, int width, int height, int toWidth, int toHeight)
      throws IOException {
    Thumbnail small = ThumbnailMaker.of(picture(form, width, height, Color.ORANGE));
    assertThat(small.artwork().width()).isEqualTo(toWidth);
    assertThat(small.artwork().height()).isEqualTo(toHeight);
    BufferedImage read = read(small.bytes());
    assertThat(read.getWidth()).isEqualTo(toWidth);
    assertThat(read.getHeight()).isEqualTo(toHeight);
    assertThat(small.bytes().length).isLessThan(30_000);
    if (height > 3) {
      assertLooksLike(small, Color.ORANGE);
    }
  }

  @Test
  void whatIsTransparentBecomesWhite() throws IOException {
    BufferedImage clear = new BufferedImage(80, 80, BufferedImage.TYPE_INT_ARGB);
    assertLooksLike(ThumbnailMaker.of(written(clear, "png")), Color.WHITE);
  }

  @Test
  void greyAndIndexedPicturesAreRead() throws IOException {
    for (int type :
        List.of(
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY)) {
      assertLooksLike(
          ThumbnailMaker.of(written(drawn(400, 400, type, Color.WHITE), "png")), Color.WHITE);
    }
  }

  @Test
  void theSamePictureHasOneIdAndAnotherHasAnother() throws IOException {
    Artwork one = ThumbnailMaker.of(jpeg(Color.RED)).artwork();
    assertThat(ThumbnailMaker.of(jpeg(Color.RED)).artwork()).isEqualTo(one);
    assertThat(ThumbnailMaker.of(jpeg(Color.BLUE)).artwork().id()).isNotEqualTo(one.id());
    assertThat(Artwork.isId(one.id())).isTrue();
    assertThat(Artwork.isId("../" + one.id().substring(3))).isFalse();
  }

  /** A JPEG with an Exif segment that says how the camera was held. */
  private static byte[] turned(byte[] jpeg, int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(ISO_8859_1));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 36);
    file.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
    file.put("Exif\0\0".getBytes(ISO_8859_1)).put(tiff.array());
    return file.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** Where the dark corner of the picture is shown: it is wider than high as it is drawn. */
  @ParameterizedTest
  @CsvSource({
    "1, left top", "2, right top", "3, right bottom", "4, left bottom",
    "5, left top", "6, right top", "7, right bottom", "8, left bottom"
  })
  void aPictureIsShownAsTheCameraWasHeld(int orientation, String corner) throws IOException {
    byte[] picture = picture("jpeg", 240, 120, Color.WHITE);
    ByteOrder order = orientation % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    BufferedImage shown = read(ThumbnailMaker.of(turned(picture, orientation, order)).bytes());
    boolean onItsSide = orientation >= 5;
    assertThat(shown.getWidth()).isEqualTo(onItsSide ? 120 : 240);
    StringBuilder dark = new StringBuilder();
    for (String one : List.of("left top", "right top", "left bottom", "right bottom")) {
      int x = one.startsWith("left") ? 8 : shown.getWidth() - 9;
      int y = one.endsWith("top") ? 8 : shown.getHeight() - 9;
      if (new Color(shown.getRGB(x, y)).getGreen() < 100) {
        dark.append(one);
      }
    }
    assertThat(dark).hasToString(corner);
  }

  @Test
  void whatIsNoPictureIsRefusedByName() throws IOException {
    byte[] whole = jpeg(Color.GREEN);
    refused("<?xml version='1.0'?><svg onload='alert(1)'/>".getBytes(ISO_8859_1), "is SVG");
    refused("<html>no</html>".getBytes(ISO_8859_1), "is no JPEG, PNG, GIF or WebP");
    refused(new byte[0], "is no JPEG, PNG, GIF or WebP");
    refused(Arrays.copyOf(whole, 200), "is damaged");
    byte[] broken = picture("png", 200, 200, Color.GREEN);
    Arrays.fill(broken, 40, broken.length, (byte) 7);
    refused(broken, "is damaged");
    refused(new byte[ThumbnailMaker.MOST_BYTES + 1], "is larger than 16 MiB");
    refused(webp(1280, 720, ThumbnailMaker.MOST_WEBP_BYTES + 1), "cannot be made smaller here");
    refused(webp(16_000, 16_000, 100), "has 16,000 × 16,000 pixels");
  }

  /** Two hundred bytes that would be ten thousand million pixels. */
  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
    byte[] bomb = picture("png", 10, 10, Color.GREEN);
    ByteBuffer.wrap(bomb).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());
    refused(bomb, "has 100,000 × 100,000 pixels, more than 40,000,000");
  }

  /** All of a picture that comes in passes is in memory at once, so fewer pixels may come. */
  @Test
  void aPictureInPassesIsReadIfItIsNotTooLarge() throws IOException {
    assertLooksLike(ThumbnailMaker.of(inPasses(1000, 800)), Color.ORANGE);
    refused(inPasses(4_001, 4_000), "has 4,001 × 4,000 pixels, more than 16,000,000");
  }

  private static byte[] inPasses(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      BufferedImage picture = drawn(width, height, BufferedImage.TYPE_INT_RGB, Color.ORANGE);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void refused(byte[] bytes, String why) {
    assertThatIOException().isThrownBy(() -> ThumbnailMaker.of(bytes)).withMessageContaining(why);
  }

  @Test
  void aSmallWebpIsKeptAsItIs() throws IOException {
    byte[] picture = webp(640, 360, 4_000);
    Thumbnail kept = ThumbnailMaker.of(picture);
    assertThat(kept.bytes()).isEqualTo(picture);
    assertThat(kept.artwork().width()).isEqualTo(300);
    assertThat(kept.artwork().height()).isEqualTo(169);
  }

  // ---- beside files ---------------------------------------------------------------------------

  private Path put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("corpus").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private Path put(String name, String text) throws IOException {
    return put(name, text.getBytes(UTF_8));
  }

  private final List<Problem> problems = new ArrayList<>();

  private Artworks.Found found(String id) {
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(folder.resolve("corpus")));
    problems.addAll(scan.problems());
    Artworks artworks = new Artworks(Fetcher.none());
    Artworks.Found found =
        scan.episodes().stream()
            .filter(episode -> episode.id().equals(id))
            .map(artworks::of)
            .findFirst()
            .orElseThrow();
    problems.addAll(found.problems());
    return found;
  }

  private List<String> codes() {
    return problems.stream().map(Problem::code).toList();
  }

  @Test
  void aPictureBesideARecordingIsItsOwnAndACoverIsThatOfTheShow() throws IOException {
    put("show/042.vtt", VTT);
    put("show/043.vtt", VTT);
    put("show/042.jpg", jpeg(Color.RED));
    put("show/cover.png", picture("png", 500, 500, Color.BLUE));
    put("show/folder.jpg", jpeg(Color.PINK));
    Artworks.Found first = found("042");
    assertLooksLike(first.own(), Color.RED);
    assertLooksLike(first.ofShow(), Color.BLUE);
    Artworks.Found second = found("043");
    assertThat(second.own()).isNull();
    assertLooksLike(second.ofShow(), Color.BLUE);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "talk.jpeg",
        "TALK.JPG",
        "talk.en.png",
        "talk-poster.jpg",
        "talk-thumb.jpg",
        "talk.gif"
      })
  void thePictureOfARecordingGoesByManyNames(String name) throws IOException {
    put("talk.en.vtt", VTT);
    put(name, name.endsWith("gif") ? picture("gif", 90, 90, Color.RED) : jpeg(Color.RED));
    assertLooksLike(found("talk").own(), Color.RED);
  }

  @Test
  void aPictureOfAnotherNameIsNobodys() throws IOException {
    put("talk.vtt", VTT);
    put("talking.jpg", jpeg(Color.RED));
    put("figure-1.png", jpeg(Color.RED));
    Artworks.Found found = found("talk");
    assertThat(found.own()).isNull();
    assertThat(found.ofShow()).isNull();
  }

  @Test
  void theNearestCoverAboveIsThatOfTheShowAndOneInTheFolderOfAnEpisodeItsOwn() throws IOException {
    put("show/cover.jpg", jpeg(Color.BLUE));
    put("show/talk/episode.yaml", "id: talk\ntitle: A talk\n");
    put("show/talk/words.vtt", VTT);
    put("show/talk/poster.jpg", jpeg(Color.RED));
    put("show/season/other.vtt", VTT);
    assertLooksLike(found("talk").own(), Color.RED);
    assertLooksLike(found("talk").ofShow(), Color.BLUE);
    assertLooksLike(found("other").ofShow(), Color.BLUE);
  }

  @Test
  void manifestsNamePicturesAndComeFirst() throws IOException {
    put("show/show.yaml", "show: Tides\nimage: art/square.png\n");
    put("show/art/square.png", picture("png", 400, 400, Color.GREEN));
    put("show/cover.jpg", jpeg(Color.BLUE));
    put("show/talk.vtt", VTT);
    put("show/talk.yaml", "title: A talk\nimage: own picture.jpg\n");
    put("show/own picture.jpg", jpeg(Color.RED));
    put("show/talk.jpg", jpeg(Color.BLACK));
    Artworks.Found found = found("talk");
    assertLooksLike(found.own(), Color.RED);
    assertLooksLike(found.ofShow(), Color.GREEN);
  }

  @Test
  void aPictureThatIsNotThereOrLiesOutsideIsToldWithItsManifest() throws IOException {
    Files.write(folder.resolve("secret.jpg"), jpeg(Color.RED));
    put("talk.vtt", VTT);
    put("talk.yaml", "title: A talk\nimage: ../secret.jpg\n");
    assertThat(found("talk").own()).isNull();
    assertThat(codes()).containsExactly("no-such-image");
    assertThat(problems.getFirst().describe()).contains("talk.yaml").contains("../secret.jpg");
  }

  @Test
  void aBrokenPictureIsToldAndTheNextIsTaken() throws IOException {
    put("show/talk.vtt", VTT);
    put("show/cover.jpg", "<svg onload='alert(1)'/>");
    put("show/cover.png", picture("jpeg", 90, 90, Color.BLUE));
    assertLooksLike(found("talk").ofShow(), Color.BLUE);
    assertThat(codes()).containsExactly("artwork-unreadable");
    assertThat(problems.getFirst().describe())
        .contains("cover.jpg")
        .contains("is SVG, which may hold scripts");
  }

  @Test
  void aBrokenPictureOfAShowIsToldOnce() throws IOException {
    for (int i = 0; i < 20; i++) {
      put("talk" + i + ".vtt", VTT);
    }
    put("cover.png", "no picture");
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(folder.resolve("corpus")));
    Artworks artworks = new Artworks(Fetcher.none());
    scan.episodes().forEach(episode -> problems.addAll(artworks.of(episode).problems()));
    assertThat(codes()).containsExactly("artwork-unreadable");
  }

  // ---- in tags --------------------------------------------------------------------------------

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] synchsafe(int size) {
    return new byte[] {
      (byte) (size >> 21 & 0x7F),
      (byte) (size >> 14 & 0x7F),
      (byte) (size >> 7 & 0x7F),
      (byte) (size & 0x7F)
    };
  }

  /** The bytes with a zero after each 0xFF, as tags write them that must not look like audio. */
  private static byte[] unsynchronised(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte one : bytes) {
      out.write(one);
      if (one == -1) {
        out.write(0);
      }
    }
    return out.toByteArray();
  }

  private static byte[] apic(int version, int encoding, int type, byte[] picture) {
    byte[] description =
        encoding == 1 ? join("Titel".getBytes(UTF_16), new byte[2]) : ascii("Cover\0");
    byte[] form = version == 2 ? ascii("JPG") : ascii("image/jpeg\0");
    byte[] body =
        join(new byte[] {(byte) encoding}, form, new byte[] {(byte) type}, description, picture);
    if (version == 2) {
      byte[] size = ints(body.length);
      return join(ascii("PIC"), new byte[] {size[1], size[2], size[3]}, body);
    }
    byte[] size = version == 4 ? synchsafe(body.length) : ints(body.length);
    return join(ascii("APIC"), size, new byte[2], body);
  }

  private static byte[] mp3(int version, boolean unsynchronised, byte[]... frames) {
    byte[] body = join(frames);
    byte[] written = unsynchronised ? unsynchronised(body) : body;
    ByteBuffer audio = ByteBuffer.allocate(417 * 20);
    for (int i = 0; i < 20; i++) {
      audio.putInt(417 * i, 0xFFFB9000);
    }
    return join(
        ascii("ID3"),
        new byte[] {(byte) version, 0, (byte) (unsynchronised ? 0x80 : 0)},
        synchsafe(written.length),
        written,
        audio.array());
  }

  @ParameterizedTest
  @CsvSource({"2, 0, false", "3, 0, false", "3, 1, false", "3, 1, true", "4, 3, false"})
  void anMp3HoldsItsPicture(int version, int encoding, boolean unsynchronised) throws IOException {
    put("talk.vtt", VTT);
    put(
        "talk.mp3",
        mp3(
            version,
            unsynchronised,
            apic(version, encoding, 0, jpeg(Color.BLUE)),
            apic(version, encoding, 3, jpeg(Color.RED))));
    assertLooksLike(found("talk").own(), Color.RED);
    assertThat(problems).isEmpty();
  }

  /** Covers are often larger than all other tags together. */
  @Test
  void aLargePictureInAnMp3IsRead() throws IOException {
    Random random = new Random(7);
    BufferedImage noise = new BufferedImage(900, 900, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 900; y++) {
      for (int x = 0; x < 900; x++) {
        noise.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    byte[] large = written(noise, "png");
    assertThat(large.length).isGreaterThan(2 << 20);
    put("talk.vtt", VTT);
    put("talk.mp3", mp3(3, false, apic(3, 0, 3, large)));
    assertThat(found("talk").own()).isNotNull();
  }

  @Test
  void aFileBesideARecordingComesBeforeThePictureInIt() throws IOException {
    put("talk.vtt", VTT);
    put("talk.mp3", mp3(3, false, apic(3, 0, 3, jpeg(Color.RED))));
    put("talk.png", picture("png", 90, 90, Color.BLUE));
    assertLooksLike(found("talk").own(), Color.BLUE);
  }

  @Test
  void aBrokenPictureInATagIsToldWithTheRecording() throws IOException {
    put("talk.vtt", VTT);
    put("talk.mp3", mp3(3, false, apic(3, 0, 3, ascii("nothing at all"))));
    assertThat(found("talk").own()).isNull();
    assertThat(problems.getFirst().describe()).contains("talk.mp3").contains("the picture is no");
  }

  private static byte[] box(String type, byte[]... parts) {
    byte[] body = join(parts);
    return join(ints(body.length + 8), ascii(type), body);
  }

  @Test
  void anMp4HoldsItsCover() throws IOException {
    byte[] data = box("data", ints(13, 0), jpeg(Color.RED));
    byte[] list = box("ilst", box("covr", data, box("data", ints(13, 0), jpeg(Color.BLUE))));
    byte[] header = box("mvhd", new byte[4], new byte[8], ints(1000, 5000), new byte[80]);
    put("talk.vtt", VTT);
    put(
        "talk.m4a",
        join(
            box("ftyp", ascii("M4A \0\0\0\0")),
            box("moov", header, box("udta", box("meta", new byte[4], list)))));
    assertLooksLike(found("talk").own(), Color.RED);
  }

  private static byte[] flacPicture(byte[] picture) {
    return join(
        ints(3, 10), ascii("image/jpeg"), ints(0, 640, 640, 24, 0, picture.length), picture);
  }

  private static byte[] flacBlock(int type, boolean last, byte[] body) {
    byte[] head = ints(body.length);
    head[0] = (byte) (last ? type | 0x80 : type);
    return join(head, body);
  }

  @Test
  void aFlacHoldsItsPicture() throws IOException {
    ByteBuffer info = ByteBuffer.allocate(34);
    info.putLong(10, 8_000L << 44 | 16_000);
    put("talk.vtt", VTT);
    put(
        "talk.flac",
        join(
            ascii("fLaC"),
            flacBlock(0, false, info.array()),
            flacBlock(6, true, flacPicture(jpeg(Color.RED)))));
    assertLooksLike(found("talk").own(), Color.RED);
  }

  /** Packets in pages of Ogg, as many as they need. */
  private static byte[] ogg(byte[]... packets) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      int at = 0;
      boolean done = false;
      while (!done) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        int from = at;
        while (table.size() < 255 && !done) {
          int length = Math.min(255, packet.length - at);
          table.write(length);
          at += length;
          done = length < 255;
        }
        ByteBuffer head = ByteBuffer.allocate(27).order(ByteOrder.LITTLE_ENDIAN);
        head.put(ascii("OggS")).putLong(6, 48_000 * 4).putInt(14, 77);
        head.put(26, (byte) table.size());
        file.writeBytes(head.array());
        file.writeBytes(table.toByteArray());
        file.write(packet, from, at - from);
      }
    }
    return file.toByteArray();
  }

  private static byte[] comment(String text) {
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return join(length.putInt(text.length()).array(), ascii(text));
  }

  /** The picture comes before the title, and both are found behind it, pages later. */
  @Test
  void anOpusFileHoldsItsPictureOverManyPages() throws IOException {
    String picture =
        Base64.getEncoder().encodeToString(flacPicture(picture("png", 600, 600, Color.RED)));
    byte[] large = Base64.getEncoder().encode(flacPicture(jpegOf(160_000)));
    byte[] head = join(ascii("OpusHead"), new byte[] {1, 1, 0, 0}, new byte[7]);
    byte[] tags =
        join(
            ascii("OpusTags"),
            comment("test"),
            new byte[] {3, 0, 0, 0},
            comment("METADATA_BLOCK_PICTURE=" + new String(large, ISO_8859_1)),
            comment("metadata_block_picture=" + picture),
            comment("TITLE=Of Tides"));
    put("talk.vtt", VTT);
    Path file = put("talk.opus", ogg(head, tags, new byte[40]));
    assertLooksLike(found("talk").own(), Color.GREEN);
    assertThat(RecordingFile.read(file).fields().title()).isEqualTo("Of Tides");
  }

  /** A green JPEG with so many bytes of comment in it. */
  private static byte[] jpegOf(int bytes) throws IOException {
    byte[] plain = jpeg(Color.GREEN);
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write(plain, 0, 2);
    for (int left = bytes; left > 0; left -= 60_000) {
      padded.writeBytes(new byte[] {-1, -2, (byte) (60_002 >> 8), (byte) 60_002});
      padded.writeBytes(new byte[60_000]);
    }
    padded.write(plain, 2, plain.length - 2);
    return padded.toByteArray();
  }

  // ---- in feeds -------------------------------------------------------------------------------

  private static final String FEED =
      """
      <rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
           xmlns:media="http://search.yahoo.com/mrss/"
           xmlns:p="https://podcastindex.org/namespace/1.0" version="2.0"><channel>
        <title>Tides</title>
        <image><url>/channel.jpg</url><title>Tides</title></image>
        <itunes:image href="/missing.jpg"/>
        <item><guid>one</guid><title>One</title><description>The tide turns at noon.</description>
          <itunes:image href="/one.png"/></item>
        <item><guid>two</guid><title>Two</title><description>The harbour is dry.</description>
          <media:content url="/talk.mp3" type="audio/mpeg">
            <media:thumbnail url="/two.jpg"/></media:content></item>
        <item><guid>three</guid><title>Three</title><description>The moon is late.</description>
          <p:images srcset="/large.jpg 3000w, /small.jpg 100w, /middle.jpg 600w"/></item>
        <item><guid>four</guid><title>Four</title><description>No picture here.</description></item>
        <item><guid>five</guid><title>Five</title><description>An attack.</description>
          <itunes:image href="file:///etc/passwd"/></item>
      </channel></rss>
      """;

  @Test
  void picturesThatFeedsNameAreFetchedOnceAndKeptInTheIndex() throws IOException {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    Map<String, byte[]> pictures =
        Map.of(
            "/feed.xml", FEED.getBytes(ISO_8859_1),
            "/channel.jpg", jpeg(Color.BLUE),
            "/one.png", picture("png", 700, 700, Color.RED),
            "/two.jpg", jpeg(Color.GREEN),
            "/middle.jpg", jpeg(Color.ORANGE));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] bytes = pictures.get(path);
          exchange.sendResponseHeaders(
              bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
          if (bytes != null) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    server.start();
    Path index = folder.resolve("index");
    try {
      CorpusLocation feed =
          CorpusLocation.of("http://127.0.0.1:" + server.getAddress().getPort() + "/feed.xml");
      List<Problem> told = index(index, feed).problems();
      assertThat(told.stream().map(Problem::code)).containsExactly("artwork-unreadable");
      assertThat(told.getFirst().describe()).contains("/missing.jpg").contains("404");
      assertThat(asked)
          .containsExactlyInAnyOrder(
              "/feed.xml", "/channel.jpg", "/missing.jpg", "/one.png", "/two.jpg", "/middle.jpg");

      asked.clear();
      assertThat(index(index, feed).unchanged()).isEqualTo(5);
      assertThat(asked).containsExactly("/feed.xml");
    } finally {
      server.stop(0);
    }
    Map<String, Color> expected =
        Map.of("one", Color.RED, "two", Color.GREEN, "three", Color.ORANGE);
    Map<String, EpisodeEntry> episodes;
    try (Directory directory = FSDirectory.open(index);
        DirectoryReader reader = LuceneIndex.open(directory, index)) {
      episodes = LuceneIndex.episodes(reader);
    }
    assertThat(episodes).hasSize(5);
    ArtworkFolder kept = new ArtworkFolder(index);
    episodes.forEach((id, entry) -> {
      Artwork own = entry.episode().artwork();
      Artwork ofShow = Objects.requireNonNull(entry.episode().showArtwork());
      assertThat(own != null).as(id).isEqualTo(expected.containsKey(id));
      try {
        assertLooksLike(new Thumbnail(ofShow, kept.find(ofShow.id()).orElseThrow()), Color.BLUE);
        if (own != null) {
          assertLooksLike(new Thumbnail(own, kept.find(own.id()).orElseThrow()), expected.get(id));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try (var fetched = Files.list(folder.resolve("fetched"))) {
      // The feed and what is noted of it; pictures are kept in the index alone.
      assertThat(fetched).hasSize(2);
    }
  }

  private IndexSummary index(Path index, CorpusLocation location) throws IOException {
    Fetcher.Limits limits =
        new Fetcher.Limits(1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(20));
    try (LuceneIndexSink sink = LuceneIndexSink.open(index);
        Fetcher fetcher = Fetcher.keeping(folder.resolve("fetched"), true, limits)) {
      return new Indexer(sink, (id, done, of, words) -> {}, fetcher)
          .update(List.of(location), Indexer.Prune.UP_TO_HALF);
    }
  }

  @Test
  void anAddressInAPrivateNetworkIsNotAskedForAPicture() throws IOException {
    put(
        "feed.xml",
        FEED.replace("/one.png", "http://127.0.0.1:9/one.png")
            .replace("file:///etc/passwd", "/etc/passwd"));
    CorpusScanner.Scan scan = CorpusScanner.scan(List.of(folder.resolve("corpus")));
    try (Fetcher fetcher = Fetcher.forgetting(false)) {
      Artworks artworks = new Artworks(fetcher);
      for (EpisodeInput episode : scan.episodes()) {
        Artworks.Found found = artworks.of(episode);
        assertThat(found.own()).isNull();
        problems.addAll(found.problems());
      }
    }
    assertThat(problems.stream().map(Problem::describe))
        .anyMatch(told -> told.contains("http://127.0.0.1:9/one.png") && told.contains("private"));
  }

  // ---- in the index ---------------------------------------------------------------------------

  @Test
  void aChangedPictureIsReadAgainAndTheOldOneIsDropped() throws IOException {
    put("talk.vtt", VTT);
    put("cover.jpg", jpeg(Color.RED));
    Path index = folder.resolve("index");
    CorpusLocation corpus = CorpusLocation.ofPaths(List.of(folder.resolve("corpus"))).getFirst();
    assertThat(index(index, corpus).added()).isEqualTo(1);
    String first = only(index);
    assertThat(index(index, corpus).unchanged()).isEqualTo(1);
    assertThat(only(index)).isEqualTo(first);
    put("cover.jpg", jpeg(Color.BLUE));
    assertThat(index(index, corpus).changed()).isEqualTo(1);
    assertThat(only(index)).isNotEqualTo(first);
    Files.delete(folder.resolve("corpus/cover.jpg"));
    assertThat(index(index, corpus).changed()).isEqualTo(1);
    try (var files = Files.list(index.resolve("artwork"))) {
      assertThat(files).isEmpty();
    }
  }

  private static String only(Path index) throws IOException {
    try (var files = Files.list(index.resolve("artwork"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst().getFileName().toString();
    }
  }
}
