package dev.earmark.bench;

import dev.earmark.align.Aligner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.SourceInput;
import dev.earmark.corpus.SourceRef;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notes as people write them, in Markdown, that quote a talk in many forms; each is read beside the
 * captions of that talk, and beside those of another talk of the show, of which nothing is quoted.
 *
 * <p>What is quoted is edited as for print ({@link Editor}), so that the place is known and the
 * words are not quite those that were said. A quotation is right if it is placed within five
 * seconds of its first word. What is claimed of another talk may be said in it as well, as openings
 * and advertisements are; it is wrong if fewer than seven in ten of the words are said there.
 */
final class NoteCases {
  private static final int QUOTES_A_FORM = 4;
  private static final long NEAR_MS = 5_000;

  /** What is said in both talks has this share of the words, in their order. */
  private static final double SAID_THERE = 0.7;

  /** A word may begin so long before the second that is claimed. */
  private static final long ROUNDING_MS = 300;

  /** The form of a quotation in a note; {@code %s} is what is quoted. */
  private enum Form {
    BLOCK("block quotation", "> %s\n", 8, 40),
    BLOCK_NAMED("block quotation, name behind a dash", "> \"%s\"\n> — Somebody Else\n", 8, 40),
    MARKS("in a paragraph, in marks", "What stayed with me is \"%s\", and he means it.\n", 8, 30),
    CURLY("in a paragraph, in curly marks", "She says: “%s” – hard to deny.\n", 8, 30),
    GUILLEMETS("in a paragraph, in guillemets", "Then comes « %s », again.\n", 8, 30),
    EMPHASIS("in a paragraph, emphasised", "He calls it *%s* all the time.\n", 4, 12),
    LIST("list item in marks", "- \"%s\"\n", 8, 30),
    TABLE("cell of a table", "| who | what |\n| --- | --- |\n| guest | \"%s\" |\n", 8, 30),
    CALL_OUT("call-out", "> [!quote] Guest\n> %s\n", 8, 30),
    SHORT("few words in marks", "There is \"%s\" in it.\n", 2, 4);

    private final String title;
    private final String pattern;
    private final int fewest;
    private final int most;

    Form(String title, String pattern, int fewest, int most) {
      this.title = title;
      this.pattern = pattern;
      this.fewest = fewest;
      this.most = most;
    }
  }

  /** What became of the quotations of one form. */
  private static final class Count {
    private int quotes;
    private int placed;
    private int right;
    private int elsewhere;
    private int wrong;
  }

  private final Map<Form, Count> counts = new LinkedHashMap<>();

  /** Makes notes of every so many captions, and reads them. */
  NoteCases(Path corpora, int every) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(corpora.resolve("talkpython"))) {
      files = all.filter(file -> file.toString().endsWith(".vtt")).sorted().toList();
    }
    for (int i = every / 2; i + 1 < files.size(); i += every) {
      List<String> words = new ArrayList<>();
      List<Long> starts = new ArrayList<>();
      for (Moment moment : read(files.get(i), null).sources().getFirst().moments()) {
        Words split = Words.of(moment.text());
        for (int w = 0; moment.times() != null && w < split.count(); w++) {
          words.add(split.word(w));
          starts.add(moment.times().startOf(w));
        }
      }
      if (words.size() > 2_000) {
        quote(files.get(i), files.get(i + 1), words, starts, new Editor(i, 1));
      }
    }
  }

  private void quote(Path talk, Path other, List<String> words, List<Long> starts, Editor editor) {
    for (Form form : Form.values()) {
      StringBuilder note = new StringBuilder("# Notes on a talk\n\nListened on the ferry.\n");
      List<String> quoted = new ArrayList<>();
      List<Long> said = new ArrayList<>();
      while (quoted.size() < QUOTES_A_FORM) {
        int length = form.fewest + editor.pick(form.most - form.fewest + 1);
        int from = editor.pick(words.size() - length);
        Editor.Edited edited = editor.edit(words, from, from + length);
        if (Words.of(edited.text()).count() >= form.fewest) {
          note.append('\n').append(form.pattern.formatted(edited.text()));
          quoted.add(edited.text());
          said.add(starts.get(edited.origins()[0]));
        }
      }
      Count count = counts.computeIfAbsent(form, of -> new Count());
      count.quotes += quoted.size();
      for (Moment quote : quotes(talk, note.toString())) {
        int which = which(quote.body(), quoted);
        long at = quote.anchor().span().orElseThrow().startMs();
        count.placed++;
        count.right += which >= 0 && Math.abs(at - said.get(which)) <= NEAR_MS ? 1 : 0;
      }
      for (Moment quote : quotes(other, note.toString())) {
        count.elsewhere++;
        count.wrong += share(quote, other) < SAID_THERE ? 1 : 0;
      }
    }
  }

  /** How many of the words of a quote are said in their order where it is claimed to be said. */
  private static double share(Moment quote, Path talk) {
    TimeSpan at = quote.anchor().span().orElseThrow();
    List<String> said = new ArrayList<>();
    try {
      for (Moment moment : read(talk, null).sources().getFirst().moments()) {
        String[] words = Words.of(moment.text()).folded();
        for (int i = 0; moment.times() != null && i < words.length; i++) {
          long start = moment.times().startOf(i);
          if (start >= at.startMs() - ROUNDING_MS && start <= at.endMs()) {
            said.add(words[i]);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] quoted = Words.of(quote.body()).folded();
    int[] common = new int[said.size() + 1];
    for (String word : quoted) {
      int before = 0;
      for (int i = 1; i <= said.size(); i++) {
        int above = common[i];
        common[i] = said.get(i - 1).equals(word) ? before + 1 : Math.max(above, common[i - 1]);
        before = above;
      }
    }
    return (double) common[said.size()] / quoted.length;
  }

  private static int which(String body, List<String> quoted) {
    String folded = Words.fold(body);
    for (int i = 0; i < quoted.size(); i++) {
      String one = Words.fold(quoted.get(i));
      if (one.contains(folded) || folded.contains(one)) {
        return i;
      }
    }
    return -1;
  }

  /** The quotes of a note that are claimed to have been said in a talk, at a second of it. */
  private static List<Moment> quotes(Path talk, String note) {
    try {
      return Aligner.align(read(talk, note)).sources().getLast().moments().stream()
          .filter(NoteCases::isSaid)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSaid(Moment quote) {
    QuoteCheck check = quote.check();
    return quote.kind() == Kind.QUOTE
        && check != null
        && check.result() != QuoteCheck.Result.NOT_FOUND
        && quote.anchor().span().isPresent()
        && quote.anchor().stretch().isEmpty();
  }

  private static EpisodeDocument read(Path talk, @Nullable String note) throws IOException {
    List<SourceInput> inputs = new ArrayList<>();
    inputs.add(given("talk.vtt", Files.readAllBytes(talk)));
    if (note != null) {
      inputs.add(given("talk.notes.md", note.getBytes(StandardCharsets.UTF_8)));
    }
    return EpisodeReader.read(
        new EpisodeInput("talk", "talk", "", null, EpisodeFields.NONE, inputs));
  }

  private static SourceInput given(String name, byte[] bytes) {
    return new SourceInput(List.of(new SourceRef.Given(name, name, bytes)), null, "en");
  }

  /**
   * Adds a row a form: how many are placed, how many of these rightly, and of another talk how many
   * are claimed, and how many of them wrongly.
   */
  void report(Report.Table table) {
    Count all = new Count();
    counts.forEach((form, count) -> {
      row(table, form.title, count);
      all.quotes += count.quotes;
      all.placed += count.placed;
      all.right += count.right;
      all.elsewhere += count.elsewhere;
      all.wrong += count.wrong;
    });
    row(table, "all", all);
  }

  private static void row(Report.Table table, String name, Count count) {
    table.row(
        name,
        count.quotes,
        (double) count.right / count.quotes,
        (double) count.right / Math.max(1, count.placed),
        (double) count.elsewhere / count.quotes,
        (double) count.wrong / count.quotes);
  }
}
