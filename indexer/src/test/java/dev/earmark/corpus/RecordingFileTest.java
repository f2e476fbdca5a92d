package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings made here byte by byte, as their specifications have them. */
final class RecordingFileTest {
  @TempDir Path folder;

  private RecordingFile read(byte[]... parts) throws IOException {
    return RecordingFile.read(Files.write(folder.resolve("a.bin"), join(parts)));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Frames of MPEG-1 layer 3 at 44.1 kHz; the rate is an index into the table of the standard. */
  private static byte[] frames(int count, int rate, int bytes) {
    ByteBuffer frames = ByteBuffer.allocate(count * bytes);
    for (int i = 0; i < count; i++) {
      frames.putInt(i * bytes, 0xFFFB0000 | rate << 12);
    }
    return frames.array();
  }

  private static byte[] id3(int version, String... idsAndTexts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < idsAndTexts.length; i += 2) {
      byte[] text = idsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
      body.writeBytes(ascii(idsAndTexts[i]));
      body.writeBytes(ByteBuffer.allocate(6).putInt(text.length + 1).array());
      body.write(3);
      body.writeBytes(text);
    }
    int size = body.size();
    byte[] head = {
      'I', 'D', '3', (byte) version, 0, 0, 0, 0, (byte) (size >> 7), (byte) (size & 127)
    };
    return join(head, body.toByteArray());
  }

  @Test
  void mp3OfOneRate() throws IOException {
    RecordingFile file =
        read(
            id3(
                3,
                "TIT2",
                "Ebb – and flow",
                "TALB",
                "Quay Notes",
                "TRCK",
                "7/9",
                "TDRC",
                "2024-03-12"),
            frames(1_000, 9, 417));
    assertThat(file.durationMs()).isBetween(26_000L, 26_200L);
    assertThat(file.fields().title()).isEqualTo("Ebb – and flow");
    assertThat(file.fields().show()).isEqualTo("Quay Notes");
    assertThat(file.fields().number()).isEqualTo(7);
    assertThat(file.fields().date()).isEqualTo(LocalDate.of(2024, 3, 12));
  }

  @Test
  void mp3OfSeveralRatesIsCounted() throws IOException {
    RecordingFile file = read(frames(10, 9, 417), frames(190, 5, 208));
    assertThat(file.durationMs()).isEqualTo(Math.round(200 * 1152 / 44.1));
  }

  @Test
  void mp3WithAXingHeader() throws IOException {
    byte[] frames = frames(20, 9, 417);
    ByteBuffer.wrap(frames).put(36, ascii("Xing")).putInt(40, 1).putInt(44, 5_000);
    assertThat(read(frames).durationMs()).isEqualTo(Math.round(5_000 * 1152 / 44.1));
  }

  @Test
  void wave() throws IOException {
    ByteBuffer head = little(44);
    head.put(ascii("RIFF")).putInt(36 + 16_000).put(ascii("WAVEfmt ")).putInt(16);
    head.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000);
    head.putShort((short) 1).putShort((short) 8).put(ascii("data")).putInt(16_000);
    assertThat(read(head.array(), new byte[16_000]).durationMs()).isEqualTo(2_000);
  }

  @Test
  void flac() throws IOException {
    ByteBuffer info = ByteBuffer.allocate(4 + 4 + 34);
    info.put(ascii("fLaC")).putInt(0x80000022).position(18);
    info.putLong(44_100L << 44 | 441_000L);
    assertThat(read(info.array()).durationMs()).isEqualTo(10_000);
  }

  @Test
  void opus() throws IOException {
    ByteBuffer page = little(28 + 19);
    page.put(ascii("OggS")).position(28);
    page.put(ascii("OpusHead")).put((byte) 1).put((byte) 1).putShort((short) 480);
    ByteBuffer tags = little(8 + 4 + 4 + 4 + 9);
    tags.put(ascii("OpusTags")).putInt(0).putInt(1).putInt(9).put(ascii("TITLE=Fog"));
    ByteBuffer last = little(28);
    last.put(ascii("OggS")).putShort((short) 4).putLong(48_480);
    RecordingFile file = read(page.array(), tags.array(), last.array());
    assertThat(file.durationMs()).isEqualTo(1_000);
    assertThat(file.fields().title()).isEqualTo("Fog");
  }

  private static byte[] box(String type, byte[]... body) {
    byte[] all = join(body);
    return join(ByteBuffer.allocate(4).putInt(8 + all.length).array(), ascii(type), all);
  }

  @Test
  void mp4() throws IOException {
    byte[] header = ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 600 * 90).array();
    byte[] name = box("\u00a9nam", box("data", new byte[8], ascii("The long pier")));
    byte[] meta = box("meta", new byte[4], box("ilst", name));
    RecordingFile file =
        read(box("ftyp", ascii("M4A ")), box("moov", box("mvhd", header), box("udta", meta)));
    assertThat(file.durationMs()).isEqualTo(90_000);
    assertThat(file.fields().title()).isEqualTo("The long pier");
  }

  private static byte[] frame(int version, String id, byte[]... body) {
    byte[] all = join(body);
    return join(ascii(id), size(version, all.length), new byte[2], all);
  }

  /** Four bytes, or from version 4 on four times seven bits. */
  private static byte[] size(int version, int size) {
    int packed =
        (size & 127) | (size >> 7 & 127) << 8 | (size >> 14 & 127) << 16 | (size >> 21) << 24;
    return ByteBuffer.allocate(4).putInt(version == 4 ? packed : size).array();
  }

  private static byte[] chap(int version, String id, int start, int end, byte[]... frames) {
    byte[] times = ByteBuffer.allocate(16).putInt(start).putInt(end).putInt(-1).putInt(-1).array();
    return frame(version, "CHAP", ascii(id + "\0"), times, join(frames));
  }

  private static byte[] tag(int version, int flags, byte[]... frames) {
    byte[] body = join(frames);
    byte[] head = {'I', 'D', '3', (byte) version, 0, (byte) flags};
    return join(head, size(4, body.length), body);
  }

  private static List<String> chapters(RecordingFile file) {
    return file.chapters().stream()
        .map(chapter -> {
          TimeSpan span = chapter.anchor().span().orElseThrow();
          return span.startMs() + "-" + span.endMs() + " " + chapter.title();
        })
        .toList();
  }

  @Test
  void chaptersOfMp3() throws IOException {
    for (int version = 3; version <= 4; version++) {
      byte[] latin = join(new byte[1], "Ebb and flow".getBytes(StandardCharsets.ISO_8859_1));
      byte[] wide = join(new byte[] {1}, "Größe – 港".getBytes(StandardCharsets.UTF_16));
      byte[] picture = frame(version, "APIC", new byte[2_000_000]);
      byte[] tag =
          tag(
              version,
              0,
              picture,
              frame(version, "CTOC", ascii("toc\0"), new byte[] {3, 3}, ascii("b\0a\0c\0")),
              chap(version, "b", 9_500, 20_000, picture, frame(version, "TIT2", wide)),
              chap(version, "a", 0, 9_500, frame(version, "TIT2", latin)),
              chap(version, "c", 20_000, 0, frame(version, "TIT2", new byte[] {3, 'E', 'n', 'd'})),
              chap(version, "untitled", 25_000, 26_000),
              frame(version, "TIT2", new byte[] {3, 'F', 'o', 'g'}));
      RecordingFile file = read(tag, frames(1_000, 9, 417));
      assertThat(chapters(file))
          .containsExactly(
              "0-9500 Ebb and flow", "9500-20000 Größe – 港", "20000-" + file.durationMs() + " End");
      assertThat(file.fields().title()).isEqualTo("Fog");
      assertThat(file.durationMs()).isBetween(26_000L, 26_200L);
    }
  }

  @Test
  void chaptersOfAnMp3ThatIsMadeNotToLookLikeAudio() throws IOException {
    byte[] wide = {1, (byte) 0xFF, 0, (byte) 0xFE, 'F', 0, 'o', 0, 'g', 0};
    byte[] plain = {1, (byte) 0xFF, (byte) 0xFE, 'F', 0, 'o', 0, 'g', 0};
    // The sizes within are those before the zero was put in.
    byte[] times = {0, 0, 0, 0, 0, 0, 3, (byte) 232};
    byte[] offsets = new byte[16];
    for (int i = 0; i < 16; i += 2) {
      offsets[i] = (byte) 0xFF;
    }
    byte[] title = join(ascii("TIT2"), size(3, plain.length), new byte[2], wide);
    byte[] chapter =
        join(
            ascii("CHAP"),
            size(3, 2 + 16 + 10 + plain.length),
            new byte[2],
            ascii("a\0"),
            times,
            offsets,
            title);
    RecordingFile file = read(tag(3, 0x80, chapter), frames(1_000, 9, 417));
    assertThat(chapters(file)).containsExactly("0-1000 Fog");
  }

  @Test
  void chaptersOfMp4InNerosList() throws IOException {
    byte[] header = ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 600 * 90).array();
    byte[] first = "Ebbe – Flut".getBytes(StandardCharsets.UTF_8);
    for (int version = 0; version <= 1; version++) {
      byte[] list =
          join(
              new byte[] {(byte) version, 0, 0, 0},
              new byte[4 * version],
              new byte[] {2},
              new byte[8],
              new byte[] {(byte) first.length},
              first,
              ByteBuffer.allocate(8).putLong(305_000_000L).array(),
              new byte[] {3},
              ascii("Fog"));
      RecordingFile file =
          read(
              box("ftyp", ascii("M4A ")),
              box("moov", box("mvhd", header), box("udta", box("chpl", list))));
      assertThat(chapters(file)).containsExactly("0-30500 Ebbe – Flut", "30500-90000 Fog");
    }
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] sample(byte[] text) {
    byte[] length = ByteBuffer.allocate(2).putShort((short) text.length).array();
    return join(length, text, box("encd", ints(256)));
  }

  @Test
  void chaptersOfMp4InATrackOfText() throws IOException {
    byte[] header = ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 600 * 90).array();
    byte[] one = sample("Ebbe – Flut".getBytes(StandardCharsets.UTF_8));
    byte[] two = sample("港".getBytes(StandardCharsets.UTF_16));
    byte[] three = sample(ascii("Fog"));
    byte[] type = box("ftyp", ascii("M4A "));
    byte[] data = box("mdat", one, two, three);
    int at = type.length + 8;
    byte[] sound =
        box(
            "trak",
            box("tkhd", ByteBuffer.allocate(84).putInt(12, 1).array()),
            box("tref", box("chap", ints(7))));
    byte[] text =
        box(
            "trak",
            box("tkhd", ByteBuffer.allocate(84).putInt(12, 7).array()),
            box("edts", box("elst", ints(0, 2, 300, -1, 0x10000, 53_700, 0, 0x10000))),
            box(
                "mdia",
                box("mdhd", ints(0, 0, 0, 1_000, 90_000, 0)),
                box(
                    "minf",
                    box(
                        "stbl",
                        box("stts", ints(0, 2, 1, 10_500, 2, 20_000)),
                        box("stsc", ints(0, 2, 1, 2, 1, 2, 1, 1)),
                        box("stsz", ints(0, 0, 3, one.length, two.length, three.length)),
                        box("stco", ints(0, 2, at, at + one.length + two.length))))));
    // The list of other players is there, too, and counts for less.
    byte[] list = join(new byte[4], new byte[] {1}, new byte[8], new byte[] {1}, ascii("x"));
    RecordingFile file =
        read(
            type,
            data,
            box("moov", box("mvhd", header), sound, text, box("udta", box("chpl", list))));
    assertThat(chapters(file))
        .containsExactly("500-11000 Ebbe – Flut", "11000-31000 港", "31000-90000 Fog");
    assertThat(file.durationMs()).isEqualTo(90_000);
  }

  @Test
  void chaptersOfOpus() throws IOException {
    ByteBuffer page = little(28 + 19);
    page.put(ascii("OggS")).position(28);
    page.put(ascii("OpusHead")).put((byte) 1).put((byte) 1).putShort((short) 480);
    ByteArrayOutputStream tags = new ByteArrayOutputStream();
    tags.writeBytes(ascii("OpusTags"));
    tags.writeBytes(little(8).putInt(4, 4).array());
    for (String comment :
        List.of(
            "CHAPTER001=00:00:00.000",
            "CHAPTER001NAME=Intro",
            "chapter002=00:00:00.500",
            "chapter002name=Fog")) {
      tags.writeBytes(little(4).putInt(comment.length()).array());
      tags.writeBytes(ascii(comment));
    }
    ByteBuffer last = little(28);
    last.put(ascii("OggS")).putShort((short) 4).putLong(48_480);
    assertThat(chapters(read(page.array(), tags.toByteArray(), last.array())))
        .containsExactly("0-500 Intro", "500-1000 Fog");
  }

  @Test
  void webm() throws IOException {
    byte[] duration =
        ByteBuffer.allocate(11).putShort((short) 0x4489).put((byte) 0x88).putDouble(61_500).array();
    byte[] info = join(new byte[] {0x15, 0x49, (byte) 0xA9, 0x66, (byte) 0x8B}, duration);
    byte[] segment = {0x18, 0x53, (byte) 0x80, 0x67, (byte) 0xFF};
    byte[] head = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, (byte) 0x80};
    assertThat(read(head, segment, info).durationMs()).isEqualTo(61_500);
  }

  /**
   * Files that FFmpeg 5.1 wrote of three seconds of silence; what each container can hold of title,
   * show, number, date and chapters.
   */
  @ParameterizedTest
  @CsvSource({
    "talk.mp3, true, true, true",
    "id3v23.mp3, true, true, true",
    "no-xing.mp3, true, true, true",
    "talk.m4a, true, true, true",
    "talk.mp4, true, true, true",
    "fragments.mp4, true, true, true",
    "talk.mov, true, false, true",
    "talk.ogg, true, true, false",
    "talk.opus, true, true, true",
    "talk.flac, true, true, false",
    "talk.wav, true, true, false",
    "id3.wav, true, true, false",
    "talk.aiff, true, true, false",
    "talk.avi, true, true, false",
    "talk.wma, true, true, false",
    "talk.aac, false, false, false",
    "id3.aac, true, true, true",
    "talk.mkv, true, true, true",
    "talk.mka, true, true, true",
    "talk.webm, true, true, true",
    "recorded.webm, true, true, true",
  })
  void recordingsOfAnotherProgram(String name, boolean tags, boolean number, boolean chapters)
      throws Exception {
    RecordingFile file =
        RecordingFile.read(
            Path.of(RecordingFileTest.class.getResource("/recordings/" + name).toURI()));
    assertThat(file.durationMs()).isNotNull().isCloseTo(3_000L, Offset.offset(220L));
    EpisodeFields fields = file.fields();
    assertThat(fields.title()).isEqualTo(tags ? "Ropes and knots" : null);
    assertThat(fields.show()).isEqualTo(tags ? "Harbour Hours" : null);
    assertThat(fields.number()).isEqualTo(number ? 42 : null);
    assertThat(fields.date()).isEqualTo(tags ? LocalDate.of(2024, 3, 12) : null);
    assertThat(file.chapters().stream().map(Moment::title))
        .isEqualTo(chapters ? List.of("Mooring", "Tide tables ünd more") : List.of());
    if (chapters) {
      assertThat(file.chapters().getLast().anchor().span().orElseThrow().startMs())
          .isEqualTo(1_000);
    }
  }

  /** A time that no recording has is damage, not a chapter. */
  @Test
  void chaptersBeyondAnyRecordingAreLeftOut() {
    RecordingTags tags = new RecordingTags();
    tags.chapter(5_000_000L * 3_600_000, 6_000_000L * 3_600_000, "damaged");
    assertThat(tags.hasChapters()).isFalse();
    tags.chapter(1_000, 6_000_000L * 3_600_000, "Fog");
    assertThat(tags.chapters(9_000L)).hasSize(1);
  }

  @Test
  void whatIsNoRecordingSaysSo() {
    assertThatThrownBy(() -> read()).hasMessage("it is empty");
    assertThatThrownBy(() -> read(ascii("<html>no such episode</html>")))
        .hasMessageContaining("not a recording");
  }

  @Test
  void damageNeverEndsInAnythingButAnErrorOfInput() throws IOException {
    long seed = Long.getLong("earmark.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[] mp4 =
        join(box("ftyp", ascii("M4A ")), box("moov", box("mvhd", new byte[100]), box("udta")));
    byte[] mp3 = join(id3(4, "TIT2", "Fog"), frames(5, 9, 417));
    byte[] webm = {
      0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, (byte) 0x80, 0x18, 0x53, (byte) 0x80, 0x67
    };
    byte[] chapters =
        join(
            tag(4, 0, chap(4, "a", 0, 9, frame(4, "TIT2", new byte[] {3, 'F'}))),
            frames(5, 9, 417));
    byte[] list =
        join(
            box("ftyp", ascii("M4A ")),
            box("moov", box("trak", box("tref", box("chap", ints(1)))), box("udta")),
            box("trak", box("mdia", box("minf", box("stbl", box("stsz", ints(0, 0, 1, 9)))))));
    byte[] flac = join(ascii("fLaC"), new byte[60]);
    byte[] ogg = join(ascii("OggS"), new byte[24], ascii("OpusTags"), new byte[30]);
    byte[][] seeds = {mp4, mp3, webm, flac, ogg, chapters, list};
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = seeds[round % seeds.length].clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        RecordingFile file = read(bytes);
        assertThat(file.chapters()).hasSizeLessThan(10);
        Long duration = file.durationMs();
        assertThat(duration == null || duration > 0).as("seed %d", seed).isTrue();
      } catch (IOException expected) {
        assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
      }
    }
  }
}
