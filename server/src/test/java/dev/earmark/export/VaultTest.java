package dev.earmark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.Seeds;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Corpora;
import dev.earmark.search.Hit;
import dev.earmark.search.PageReader;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes in a vault: what is added to them, what never changes, and what is read from them. */
class VaultTest {
  private static final String BASE = "http://127.0.0.1:7070";
  private static final int RUNS = 100;
  private static final String[] QUERIES = {"lantern", "crane", "tide", "the", "\"the crane\""};

  /** What Markdown, notes and readers of times might take for something else. */
  private static final String[] AWKWARD = {
    "the lantern costs $5 and $6, or 50%% of 100%% ==bold==",
    "# the lantern is no heading, #nor a tag, and ^em-000000000000",
    "1. the lantern is no list; - nor this; [12:34] nor that a time of the crane",
    "at 12:34 the lantern [[went]] out ((again)) {{twice}} <b>in</b> one_two_three *and* `so`",
    "> the lantern — Ada Quist, 3:45",
    "the crane & the tide &amp; a key:: value | a cell \\ and ~so~",
    "“The crane is broken again,” she said, and the tide is out.",
    "— the crane stands [0:07](http://127.0.0.1/e/x?t=99) at the tide",
    "see https://youtu.be/abcdefghijk?t=99 for the tide and the crane (0:12)"
  };

  @TempDir static Path root;
  private static SearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectory(root.resolve("corpus"));
    StringBuilder cues = new StringBuilder("WEBVTT\n");
    String[] names = {"Ada Quist", "Ben Orr", "SPEAKER_00", "us", "Zoë de la Cruz, PhD"};
    for (int i = 0; i < 40; i++) {
      cues.append(
          "\n%s --> %s\n<v %s>%s\n"
              .formatted(
                  Timestamp.clamped(i * 61_000L + 250).webVtt(),
                  Timestamp.clamped(i * 61_000L + 9_000).webVtt(),
                  names[i % names.length],
                  escape(AWKWARD[i % AWKWARD.length]) + " number " + i + "."));
    }
    Files.writeString(corpus.resolve("one.vtt"), cues);
    Files.writeString(
        corpus.resolve("one.yaml"),
        "title: \"Lights: what?\"\nshow: Night & Day\ndate: 2026-02-13\n"
            + "media: { youtube: abcdefghijk }\ntopics: [\"a: b\", \"#c\"]\n");
    Files.writeString(
        corpus.resolve("two.vtt"),
        "WEBVTT\n\n00:02.000 --> 00:04.000\nno lantern was --&gt; heard here\n");
    Files.writeString(corpus.resolve("two.yaml"), "title: \"Lights? What\"\n");
    Path index = root.resolve("index");
    Corpora.index(index, corpus);
    engine = LuceneSearchEngine.open(index);
  }

  private static String escape(String text) {
    return text.replace("%%", "%").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  private static SearchRequest request(String query) {
    return SearchRequest.of(query).withLimit(7);
  }

  private static Vault.Written search(Path vault, String query) throws IOException {
    String page = BASE + "/?q=" + query.replace(' ', '+').replace("\"", "%22");
    Asked asked = new Asked(request(query), BASE, page, page, "");
    return Vault.open(vault).addSearch(asked, new PageReader(engine, request(query)));
  }

  private static Vault.Written episode(Path vault, String id, String query) throws IOException {
    SearchRequest request =
        request(query).withFilter("episode", id).withSort(SearchRequest.Sort.TIME);
    Episode episode = engine.episode(id).orElseThrow().episode();
    return Vault.open(vault)
        .addEpisode(
            episode, new Asked(request, BASE, BASE, BASE, ""), new PageReader(engine, request));
  }

  private static List<Hit> hits(SearchRequest request) throws IOException {
    List<Hit> hits = new ArrayList<>();
    PageReader pages = new PageReader(engine, request);
    while (pages.hasNext()) {
      hits.addAll(pages.next().hits());
    }
    return hits;
  }

  /** The ids of blocks, each at the end of a line, found the slow way. */
  private static Set<String> ids(byte[] note) {
    Set<String> ids = new TreeSet<>();
    for (String line : new String(note, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
      for (String word : List.of(line.stripTrailing().split("[ \t]")).reversed().subList(0, 1)) {
        if (word.matches("\\^em-[0-9a-f]{12}")) {
          ids.add(word.substring(1));
        }
      }
    }
    return ids;
  }

  private static List<Path> files(Path vault) throws IOException {
    try (Stream<Path> all = Files.walk(vault)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void whatAHandWroteStays() {
    Seeds.each(
        RUNS,
        random -> {
          try {
            editAndExportAgain(random);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void editAndExportAgain(Random random) throws IOException {
    Path vault = Files.createTempDirectory(root, "vault");
    boolean ofEpisode = random.nextBoolean();
    Path note = export(vault, ofEpisode, random, true).file();
    for (int round = 0; round < 3; round++) {
      byte[] edited = edit(Files.readAllBytes(note), random);
      Files.write(note, edited);
      FileTime time = FileTime.fromMillis(1_700_000_000_000L);
      Files.setLastModifiedTime(note, time);
      Set<String> before = ids(edited);
      Vault.Written written = export(vault, ofEpisode, random, ofEpisode);
      byte[] after = Files.readAllBytes(note);
      assertThat(Arrays.copyOf(after, edited.length)).isEqualTo(edited);
      assertThat(written.file()).isEqualTo(note);
      byte[] added = Arrays.copyOfRange(after, edited.length, after.length);
      assertThat(ids(added)).hasSize(written.added()).doesNotContainAnyElementsOf(before);
      if (written.added() == 0) {
        assertThat(Files.getLastModifiedTime(note)).isEqualTo(time);
        assertThat(added).isEmpty();
      }
      assertThat(files(vault)).containsExactly(note);
      // Once more adds nothing.
      assertThat(export(vault, ofEpisode, null, ofEpisode).added()).isZero();
      assertThat(Files.readAllBytes(note)).isEqualTo(after);
    }
  }

  private static String last = "";

  private static Vault.Written export(
      Path vault,
      boolean ofEpisode,
      @org.jspecify.annotations.Nullable Random random,
      boolean other)
      throws IOException {
    if (random != null && other || last.isEmpty()) {
      last = QUERIES[(random == null ? new Random(1) : random).nextInt(QUERIES.length)];
    }
    return ofEpisode ? episode(vault, "one", last) : search(vault, last);
  }

  /** Changes a note as hands and programs do, below the line that says whose it is. */
  private static byte[] edit(byte[] note, Random random) {
    String text = new String(note, StandardCharsets.ISO_8859_1);
    boolean crlf = text.contains("\r\n");
    int head = text.indexOf('\n', text.indexOf("\n---") + 1) + 1;
    List<String> lines = new ArrayList<>(Arrays.asList(text.substring(head).split("\r?\n", -1)));
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      int at = random.nextInt(lines.size() + 1);
      int other = random.nextInt(Math.max(1, lines.size()));
      switch (random.nextInt(9)) {
        case 0 -> lines.add(at, "a thought of mine \u00C3\u00A9 [[#^em-0123456789ab]]");
        case 1 -> lines.add(at, "");
        case 2 -> {
          if (!lines.isEmpty()) {
            lines.remove(other);
          }
        }
        case 3 -> {
          if (!lines.isEmpty()) {
            lines.add(random.nextInt(lines.size()), lines.remove(other));
          }
        }
        case 4 -> {
          if (!lines.isEmpty()) {
            String line = lines.get(other);
            int cut = random.nextInt(line.length() + 1);
            lines.set(other, line.substring(0, cut) + " edited " + line.substring(cut));
          }
        }
        case 5 -> lines.add(at, "\u00FF\u00FE no UTF-8 \u0000 ---");
        case 6 -> Collections.shuffle(lines, random);
        case 7 -> lines.addFirst("# Before all of it");
        default -> {
          if (!lines.isEmpty()) {
            lines.set(other, lines.get(other) + "  ");
          }
        }
      }
    }
    String end = random.nextBoolean() ? "\r\n" : "\n";
    String front = text.substring(0, head);
    front = crlf ? front : front.replace("\n", end);
    String body = String.join(random.nextInt(4) == 0 ? "\n" : end, lines);
    body = random.nextBoolean() ? body.stripTrailing() : body;
    return (front + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsAddedEndsItsLinesAsTheNoteDoes() throws IOException {
    Path vault = root.resolve("crlf");
    Path note = episode(vault, "one", "crane").file();
    String text = Files.readString(note).replace("\n", "\r\n").stripTrailing();
    Files.writeString(note, text);
    Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(episode(vault, "one", "lantern").added()).isPositive();
    assertThat(Files.readString(note)).startsWith(text + "\r\n\r\n> ");
    assertThat(Files.readString(note).replace("\r\n", ""))
        .doesNotContain("\r")
        .doesNotContain("\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note)))
        .isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasExportedIsReadAsTheSameQuotes(boolean ofEpisode) throws IOException {
    Path vault = root.resolve("read-" + ofEpisode);
    SearchRequest request =
        ofEpisode ? request("").withFilter("episode", "one") : request("lantern");
    Vault.Written written = ofEpisode ? episode(vault, "one", "") : search(vault, "lantern");
    List<String> expected = hits(request).stream().map(VaultTest::shown).sorted().toList();
    assertThat(written.added()).isEqualTo(expected.size()).isGreaterThan(15);
    Path index = root.resolve("index-" + ofEpisode);
    Corpora.index(index, vault);
    try (SearchEngine again = LuceneSearchEngine.open(index)) {
      List<String> read =
          again.episodes().stream()
              .flatMap(entry -> moments(again, entry.episode().id()).stream())
              .map(VaultTest::shown)
              .sorted()
              .toList();
      assertThat(read).as(Files.readString(written.file())).isEqualTo(expected);
      if (ofEpisode) {
        Episode episode = again.episodes().getFirst().episode();
        Episode was = engine.episode("one").orElseThrow().episode();
        assertThat(episode.title()).isEqualTo(was.title());
        assertThat(episode.show()).isEqualTo(was.show());
        assertThat(episode.date()).isEqualTo(was.date());
        assertThat(episode.topics()).isEqualTo(was.topics());
        assertThat(episode.media().youtube()).isEqualTo("abcdefghijk");
      }
    }
  }

  private static List<StoredMoment> moments(SearchEngine engine, String id) {
    try {
      return engine.moments(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Hit hit) {
    return shown(hit.moment(), hit.atMs() == null ? -1 : hit.atMs());
  }

  private static String shown(StoredMoment moment) {
    return shown(moment, moment.moment().anchor().from().map(Timestamp::millis).orElse(-1L));
  }

  private static String shown(StoredMoment moment, long atMs) {
    return "%d s, %s: %s"
        .formatted(
            Math.floorDiv(atMs, 1000),
            moment.moment().speaker(),
            moment.moment().text().replaceAll("\\s+", " "));
  }

  @Test
  void aNoteIsKnownByItsKeyWhereverItWasMoved() throws IOException {
    Path vault = root.resolve("moved");
    Path note = episode(vault, "one", "crane").file();
    Path moved = Files.createDirectories(vault.resolve("talks/old")).resolve("My name for it.md");
    Files.move(note, moved);
    // As another program writes the key.
    Files.writeString(
        moved,
        Files.readString(moved)
            .replace("earmark: \"/e/one\"\n", "")
            .replaceFirst("\n---\n", "\nmine: true\nearmark: '/e/one'\n---\n"));
    Vault.Written again = episode(vault, "one", "lantern");
    assertThat(again.file()).isEqualTo(moved);
    assertThat(again.added()).isPositive();
    String search = Files.readString(search(vault, "crane").file());
    assertThat(search).contains("[[My name for it]]");
  }

  @Test
  void aFileThatIsNotOursIsNotTouched() throws IOException {
    Path vault = Files.createDirectory(root.resolve("others"));
    Path theirs = vault.resolve("LIGHTS what.md");
    Files.writeString(theirs, "---\ntitle: mine\n---\nearmark: \"/e/one\"\n");
    Path more = Files.createDirectory(vault.resolve(".obsidian")).resolve("x.md");
    Files.writeString(more, "---\nearmark: \"/e/one\"\n---\n");
    Vault.Written written = episode(vault, "one", "crane");
    assertThat(written.file()).isEqualTo(vault.resolve("Lights what (one).md"));
    assertThat(episode(vault, "two", "lantern").file())
        .isEqualTo(vault.resolve("Lights What (two).md"));
    assertThat(files(vault)).hasSize(4);
    assertThat(Files.readString(theirs)).startsWith("---\ntitle: mine").hasSize(38);
    // Namesakes are told apart where they are linked to as well.
    assertThat(Files.readString(search(vault, "lantern").file()))
        .contains("[[Lights what (one)]]")
        .contains("[[Lights What (two)]]");
  }

  @Test
  void whatFindsNothingMakesNoNote() throws IOException {
    Path vault = root.resolve("nothing");
    assertThat(search(vault, "zxqv").added()).isZero();
    assertThat(files(vault)).isEmpty();
  }

  @Test
  void aNoteThatIsTooLargeIsLeft() throws IOException {
    Path vault = root.resolve("large");
    Path note = episode(vault, "one", "crane").file();
    Files.write(note, new byte[33 << 20], java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(() -> episode(vault, "one", "lantern"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 32 MB");
    assertThat(Files.size(note)).isGreaterThan(33 << 20);
    assertThat(files(vault)).containsExactly(note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b\\c: d?*|a b c d",
        "What is \"it\" <now> #1 ^x [[y]]|What is it now 1 x y",
        "...|Note",
        "COM1|Note COM1",
        "con.txt|Note con.txt",
        "Ends with a dot. |Ends with a dot",
        "../../etc/passwd|etc passwd",
        "日本の話|日本の話",
      })
  void namesOfFilesAreTakenEverywhere(String title, String name) {
    assertThat(Vault.fileName(title)).isEqualTo(name);
  }

  @Test
  void namesOfFilesAreNotTooLong() {
    for (String title : List.of("x".repeat(400), "😀".repeat(100), "日".repeat(200))) {
      String name = Vault.fileName(title);
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(200, 220);
      assertThat(title).startsWith(name);
    }
    assertThat(Vault.fileName("a\u0000b\nc\uFEFFd")).isEqualTo("a b c d");
  }

  @Test
  void idsOfBlocksStayTheSame() throws IOException {
    List<Hit> hits = hits(request("lantern"));
    Set<String> ids = hits.stream().map(VaultNote::blockId).collect(Collectors.toSet());
    assertThat(ids).hasSameSizeAs(hits);
    // A change of this one doubles every quotation in every note there is.
    assertThat(
            hits.stream()
                .filter(hit -> hit.episode().id().equals("two"))
                .map(VaultNote::blockId)
                .toList())
        .containsExactly("em-de75b157c0fb");
  }
}
