package dev.earmark.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model is given of a moment. */
class MomentPassagesTest {
  private final List<StoredMoment> moments = new ArrayList<>();

  private void add(Kind kind, String source, String text) {
    moments.add(
        new StoredMoment(
            "e", source, "vtt", "en", moments.size(), 0, null, Moment.builder(kind, text).build()));
  }

  private static String words(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(i == 1 ? "" : " ").append(word).append(i);
    }
    return text.toString();
  }

  @Test
  void whatIsShortIsReadWithWhatIsSaidAroundIt() {
    add(Kind.SEGMENT, "a", "Yeah.");
    add(Kind.SEGMENT, "a", "But the chips?");
    add(Kind.SEGMENT, "a", "Sold out.");
    assertThat(MomentPassages.of(moments))
        .containsExactly(
            "Yeah. But the chips? Sold out.",
            "Yeah. But the chips? Sold out.",
            "Yeah. But the chips? Sold out.");
  }

  @Test
  void whatStandsNearestComesFirstUntilSixtyWordsAreTogether() {
    add(Kind.SEGMENT, "a", words("w", 40));
    add(Kind.SEGMENT, "a", words("x", 20));
    add(Kind.SEGMENT, "a", words("own", 10));
    add(Kind.SEGMENT, "a", words("y", 20));
    add(Kind.SEGMENT, "a", words("z", 40));
    assertThat(MomentPassages.of(moments).get(2))
        .isEqualTo(
            "w31 w32 w33 w34 w35 w36 w37 w38 w39 w40 "
                + words("x", 20)
                + " "
                + words("own", 10)
                + " "
                + words("y", 20));
    assertThat(MomentPassages.of(moments).get(0)).isEqualTo(words("w", 40) + " " + words("x", 20));
  }

  @Test
  void whatIsLongOrNotSpokenStandsAlone() {
    add(Kind.SEGMENT, "a", words("long", 60));
    add(Kind.CHAPTER, "b", "Chips");
    add(Kind.SEGMENT, "c", "Another source");
    add(Kind.SEGMENT, "a", "The end");
    assertThat(MomentPassages.of(moments))
        .containsExactly(
            words("long", 60),
            "Chips",
            "Another source",
            words("long", 60).substring("long1 long2 ".length()) + " The end");
  }
}
