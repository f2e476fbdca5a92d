package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.schema.IndexedMoment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Word numbers run on where speech does, and leap where it does not. */
class FlattenerTest {
  private static Moment moment(String text, boolean continues) {
    return Moment.builder(Kind.SEGMENT, text).continues(continues).build();
  }

  private static Flattener flat(SourceDocument... sources) {
    return new Flattener(
        new EpisodeDocument(
            EpisodeFields.NONE.toEpisode("e"),
            List.of(sources),
            List.of(
                new Problem(Problem.Severity.NOTICE, "odd", "s", 1, "m", null),
                new Problem(Problem.Severity.NOTICE, "odd", "s", 2, "m", null))),
        "/origin",
        "sum",
        Map.of());
  }

  private static SourceDocument source(String name, Moment... moments) {
    return new SourceDocument(name, "vtt", "en", List.of(moments));
  }

  private static List<Long> positions(Flattener flat) {
    return flat.moments().stream().map(IndexedMoment::position).toList();
  }

  @Test
  void textThatGoesOnHasTheNextNumber() {
    Flattener flat =
        flat(source("a", moment("one two", false), moment("three", true), moment("four", true)));
    long start = Flattener.GAP;
    assertThat(positions(flat)).containsExactly(start, start + 2, start + 3);
  }

  @Test
  void textThatDoesNotGoOnAndOtherSourcesLieFarApart() {
    Flattener flat =
        flat(
            source("a", moment("one two", false), moment("three", false)),
            source("b", moment("four", true)));
    assertThat(positions(flat))
        .containsExactly((long) Flattener.GAP, 2L * Flattener.GAP + 2, 3L * Flattener.GAP + 3);
  }

  @Test
  void textWithoutWordsParts() {
    Flattener flat =
        flat(source("a", moment("one", false), moment("***", true), moment("two", true)));
    List<Long> positions = positions(flat);
    assertThat(positions.get(2) - positions.get(0)).isGreaterThan(Flattener.GAP);
  }

  @Test
  void theHeadOfAnEntryIsThatOfTheWholeEntry() {
    Flattener flat =
        flat(
            source("a", moment("one two", false), moment("three", true)),
            source("b", moment("one two three four", false)));
    EpisodeEntry whole = EntryJson.read(EntryJson.write(flat.entry()));
    byte[] own = EntryJson.writeHead(flat.entry());
    byte[] part = EntryJson.write(flat.entry()).getBytes(StandardCharsets.UTF_8);
    for (byte[] json : List.of(own, part)) {
      EntryJson.Head head = EntryJson.readHead(json, 0, json.length);
      assertThat(head.episode().id()).isEqualTo(whole.episode().id()).isEqualTo("e");
      assertThat(head.episode().title()).isEqualTo(whole.episode().title());
      assertThat(head.episode().date()).isEqualTo(whole.episode().date());
      assertThat(head.words()).isEqualTo(whole.words()).isEqualTo(7);
    }
  }

  @Test
  void momentsAreNumberedThroughAllSources() {
    Flattener flat = flat(source("a", moment("one", false)), source("b", moment("two", false)));
    assertThat(flat.moments()).extracting(IndexedMoment::ordinal).containsExactly(0, 1);
    assertThat(flat.entry().words()).isEqualTo(2);
    assertThat(flat.entry().moments()).isEqualTo(2);
    assertThat(flat.entry().problems()).isEqualTo(Map.of("odd", 2));
    assertThat(flat.entry().origin()).isEqualTo("/origin");
  }
}
