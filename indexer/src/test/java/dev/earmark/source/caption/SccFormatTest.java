package dev.earmark.source.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.model.Cue;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed captions, coded here pair by pair after CEA-608. */
class SccFormatTest {
  private static final int RCL = 0x1420;
  private static final int BS = 0x1421;
  private static final int DER = 0x1424;
  private static final int RU2 = 0x1425;
  private static final int RDC = 0x1429;
  private static final int TR = 0x142A;
  private static final int EDM = 0x142C;
  private static final int CR = 0x142D;
  private static final int ENM = 0x142E;
  private static final int EOC = 0x142F;
  private static final int ROW_14 = 0x1440;
  private static final int ROW_15 = 0x1470;

  /** A line of a file, written pair by pair. */
  private static final class Line {
    private final StringBuilder pairs = new StringBuilder();
    private final boolean doubled;
    private final int channelBit;
    private int count;
    private int held = -1;

    Line(boolean doubled, int channelBit) {
      this.doubled = doubled;
      this.channelBit = channelBit;
    }

    Line() {
      this(true, 0);
    }

    Line control(int... codes) {
      for (int code : codes) {
        if (held >= 0) {
          pair(held, 0);
          held = -1;
        }
        for (int i = 0; i < (doubled ? 2 : 1); i++) {
          pair(code >> 8 | channelBit, code & 0xFF);
        }
      }
      return this;
    }

    Line text(String text) {
      for (char c : text.toCharArray()) {
        if (held < 0) {
          held = c;
        } else {
          pair(held, c);
          held = -1;
        }
      }
      return this;
    }

    private void pair(int first, int second) {
      pairs.append(' ').append(String.format(Locale.ROOT, "%02x%02x", odd(first), odd(second)));
      count++;
    }

    String at(String timeCode) {
      if (held >= 0) {
        pair(held, 0);
        held = -1;
      }
      return timeCode + "\t" + pairs.toString().strip() + "\n\n";
    }
  }

  private static int odd(int code) {
    return (Integer.bitCount(code) & 1) == 1 ? code : code | 0x80;
  }

  private static String file(String... lines) {
    return "Scenarist_SCC V1.0\n\n" + String.join("", lines);
  }

  private final ProblemLog problems = new ProblemLog("talk.scc");

  private List<Cue> read(String text) throws SourceException {
    RawSource source = RawSource.ofText("talk.scc", text);
    SourceFormat format = Formats.recognise(source).orElseThrow();
    assertThat(format.id()).isEqualTo("scc");
    return format.read(source, problems).cues();
  }

  private static List<String> texts(List<Cue> cues) {
    return cues.stream().map(Cue::text).toList();
  }

  private static long start(Cue cue) {
    return cue.span().startMs();
  }

  /** Random captions in all three modes come back with their rows and the frames they had. */
  @Test
  void randomCaptionsComeBack() throws SourceException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      boolean doubled = random.nextBoolean();
      List<String> texts = new ArrayList<>();
      List<Long> starts = new ArrayList<>();
      List<Long> ends = new ArrayList<>();
      StringBuilder file = new StringBuilder("Scenarist_SCC V1.0\r\n\r\n");
      long frame = random.nextInt(300);
      for (int i = 0; i < 30; i++) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row <= random.nextInt(2); row++) {
          rows.add(words(random));
        }
        Line line = new Line(doubled, 0);
        long shown;
        int mode = random.nextInt(3);
        if (mode == 0) {
          line.control(RCL, ENM);
          rows(line, rows);
          line.control(EOC);
          shown = frame + line.count - (doubled ? 2 : 1);
        } else if (mode == 1) {
          line.control(RDC, rows.size() == 1 ? ROW_15 : ROW_14);
          shown = frame + line.count;
          line = new Line(doubled, 0).control(RDC);
          rows(line, rows);
        } else {
          rows = rows.subList(0, 1);
          line.control(RU2, CR, ROW_15);
          shown = frame + line.count;
          line.text(rows.getFirst());
        }
        texts.add(String.join("\n", rows));
        starts.add(shown);
        file.append(line.at(timeCode(frame)).replace("\n", "\r\n"));
        frame += line.count + random.nextInt(200);
        ends.add(frame);
        file.append(new Line(doubled, 0).control(EDM).at(timeCode(frame)).replace("\n", "\r\n"));
        frame += 2 + random.nextInt(60);
      }
      // What is read of the last is what the others are read as, so all modes meet.
      List<Cue> cues = read(file.toString());
      assertThat(texts(cues)).as("-Dseed=" + seed).containsExactlyElementsOf(texts);
      for (int i = 0; i < cues.size(); i++) {
        assertThat(start(cues.get(i)))
            .as("start of %d, -Dseed=%d", i, seed)
            .isEqualTo(Math.round(starts.get(i) * 1_001 / 30.0));
        assertThat(cues.get(i).span().endMs())
            .as("end of %d, -Dseed=%d", i, seed)
            .isEqualTo(Math.round(ends.get(i) * 1_001 / 30.0));
      }
    }
  }

  private static void rows(Line line, List<String> rows) {
    int at = rows.size() == 1 ? ROW_15 : ROW_14;
    for (String row : rows) {
      line.control(at).text(row);
      at = ROW_15;
    }
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder();
    while (words.length() < 4 || (words.length() < 24 && random.nextInt(4) > 0)) {
      words.append(words.isEmpty() ? "" : " ");
      for (int i = 0; i <= random.nextInt(6); i++) {
        words.append((char) ('a' + random.nextInt(26)));
      }
    }
    return words.toString();
  }

  /** A time code that counts each frame. */
  private static String timeCode(long frame) {
    long seconds = frame / 30;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d:%02d",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        frame % 30);
  }

  private static String popOn(String text) {
    return popOn(text, "00:00:10:00");
  }

  private static String popOn(String text, String timeCode) {
    return new Line().control(RCL, ENM, ROW_15).text(text).control(EOC).at(timeCode);
  }

  @Test
  void signsOfAllSets() throws SourceException {
    Line line = new Line().control(RCL, ENM, ROW_15).text("ma~ana `").control(0x1137);
    line.text(" Uber").control(BS, BS, BS, BS).text("U").control(0x1224).text("berA");
    line.control(0x1330).control(EOC);
    List<Cue> cues = read(file(line.at("00:00:01:00")));
    assertThat(texts(cues)).containsExactly("mañana ú♪ ÜberÄ");
  }

  @Test
  void restOfTheRowIsErased() throws SourceException {
    Line line = new Line().control(RCL, ENM, ROW_15).text("good evening").control(0x1472, DER);
    assertThat(texts(read(file(line.text("bye").control(EOC).at("00:00:01:00")))))
        .containsExactly("goodbye");
  }

  @Test
  void coloursTakeTheRoomOfASpace() throws SourceException {
    Line line = new Line().control(RCL, ENM, ROW_15).text("the").control(0x112E).text("Tern");
    assertThat(texts(read(file(line.control(EOC).at("00:00:01:00"))))).containsExactly("the Tern");
  }

  /**
   * 29.97 frames a second: a code that drops numbers keeps to the clock, one that does not lags.
   */
  @ParameterizedTest
  @CsvSource({
    "00:20:00;00, 1200000",
    "00:20:00.00, 1200000",
    "00:20:00:00, 1201200",
    "00:01:00;02, 60060",
    "00:00:10:15, 10510",
    "00:00:10;15, 10510"
  })
  void framesOfTheTimeCode(String timeCode, long expected) throws SourceException {
    String line = new Line().control(RDC, ROW_15).text("Ahoy").at(timeCode);
    long before = Math.round(4 * 1_001 / 30.0);
    assertThat(start(read(file(line)).getFirst()) - before).isCloseTo(expected, within(2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01:00:05:00", "01:00:05;00", "10:00:05:00", "10:00:05;00"})
  void programmesBeginAtTheHourOfBroadcast(String timeCode) throws SourceException {
    String line = new Line().control(RDC, ROW_15).text("Ahoy").at(timeCode);
    assertThat(start(read(file(line)).getFirst())).isCloseTo(5_138, within(5L));
    assertThat(problems.problems()).extracting(Problem::code).contains("times-shifted");
  }

  @Test
  void firstCaptionIsSentBeforeTheHour() throws SourceException {
    Line loaded = new Line().control(RCL, ENM, ROW_15).text("Good morning").control(EOC);
    assertThat(start(read(file(loaded.at("00:59:59:25"))).getFirst())).isEqualTo(234);
  }

  /** Each row once, although it is shown twice. */
  @Test
  void rollingRowsAreToldOnce() throws SourceException {
    String[] rows = {">> ADA: GOOD MORNING", "ALL OF YOU", ">> BEN: THE CRANE", "IS BROKEN"};
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows.length; i++) {
      lines.append(new Line().control(RU2, CR, ROW_15).text(rows[i]).at("00:00:0" + 2 * i + ":00"));
    }
    List<Cue> cues = read(file(lines.toString()));
    assertThat(texts(cues)).containsExactly("GOOD MORNING", "ALL OF YOU", "THE CRANE", "IS BROKEN");
    assertThat(cues).extracting(Cue::speaker).containsExactly("ADA", "ADA", "BEN", "BEN");
    assertThat(cues.get(0).span().endMs()).isEqualTo(2_069);
    assertThat(cues.get(3).span().end()).isNull();
  }

  /** Codes of the hidden memory in a file that never shows it. */
  @Test
  void captionsThatAreNeverSwappedInAreShown() throws SourceException {
    List<Cue> cues =
        read(
            file(
                new Line().control(RCL, CR, ROW_15).text("Good morning.").at("00:00:01:12"),
                new Line().control(EDM).at("00:00:03:00"),
                new Line().control(RCL, CR, ROW_15).text("We sail.").at("00:00:04:00"),
                new Line().control(EDM).at("00:00:06:00")));
    assertThat(texts(cues)).containsExactly("Good morning.", "We sail.");
    assertThat(cues.get(0).span().endMs()).isEqualTo(3_003);
  }

  @Test
  void textModeAndFactsOfTheProgrammeAreNoCaptions() throws SourceException {
    String facts = "00:00:03:00\t01ad 5468 e520 0f57\n";
    String text = new Line().control(TR).text("http://harbour.example").at("00:00:02:00");
    assertThat(texts(read(file(popOn("Ahoy"), text, facts)))).containsExactly("Ahoy");
  }

  @Test
  void secondChannelIsReadWhereItIsAlone() throws SourceException {
    String second =
        new Line(true, 8).control(RCL, ENM, ROW_15).text("Buenos").control(EOC).at("00:00:02:00");
    assertThat(texts(read(file(second)))).containsExactly("Buenos");
    assertThat(problems.problems()).isEmpty();
    assertThat(texts(read(file(popOn("Morning"), second)))).containsExactly("Morning");
    assertThat(problems.problems()).extracting(Problem::code).containsExactly("second-channel");
  }

  @Test
  void bytesWithoutParityBitsAreReadAndWrongOnesTold() throws SourceException {
    StringBuilder bare = new StringBuilder();
    String line = popOn("We wait for the tide");
    for (String group : line.substring(line.indexOf('\t') + 1).strip().split(" ")) {
      bare.append(String.format(" %04X", Integer.parseInt(group, 16) & 0x7F7F));
    }
    assertThat(texts(read(file("00:00:10:00" + bare + "\n"))))
        .containsExactly("We wait for the tide");
    assertThat(problems.problems()).isEmpty();
    assertThat(texts(read(file(line.replace("57e5", "d7e5")))))
        .containsExactly("We wait for the tide");
    assertThat(problems.problems()).extracting(Problem::code).containsExactly("damaged-bytes");
  }

  @Test
  void damageIsToldAndTheRestRead() throws SourceException {
    String text =
        file(
            popOn("Ahoy"),
            "Title: Harbour\n",
            "00:00:12:00\t942c zzzz 942c\n",
            "00:61:12:00\t942c\n",
            popOn("Bye", "00:00:20:00"));
    assertThat(texts(read(text))).containsExactly("Ahoy", "Bye");
    assertThat(problems.problems())
        .extracting(Problem::code)
        .containsExactly("unreadable-time", "unreadable-code", "unreadable-time");
    assertThat(problems.problems().get(1).line()).isEqualTo(6);
  }

  @Test
  void nothingToReadIsRefused() {
    assertThatThrownBy(() -> read("Scenarist_SCC V1.0\n\nnothing\n"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("00:00:01:12 9420");
  }

  @Test
  void codesWithoutTheFirstLineAreRecognised() throws SourceException {
    RawSource source = RawSource.ofText("talk.txt", popOn("a").repeat(4));
    assertThat(Formats.recognise(source).orElseThrow().id()).isEqualTo("scc");
    RawSource log = RawSource.ofText("talk.txt", "00:01:02:03\n\nHello\n\n00:01:05:00\n\nYes\n");
    assertThat(Formats.recognise(log).orElseThrow().id()).isNotEqualTo("scc");
  }
}
