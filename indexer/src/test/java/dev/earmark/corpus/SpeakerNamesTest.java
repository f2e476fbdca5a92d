package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Speaker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpeakerNamesTest {

  private static SpeakerNames heard(String... names) {
    return SpeakerNames.of(Map.of(), List.of(), List.of(names));
  }

  @Test
  void spellingsOfOnePersonBecomeOne() {
    String[] spellings = {
      "Ada Quist (Guest)",
      "Ada Quist",
      "ADA QUIST",
      "Quist, Ada",
      "Ada Quist (Harbour Inc.)",
      "Ada Quist [She/Her]",
      "ada quist",
      "Dr. Ada Quist",
      "A. Quist",
      "Ada",
      "Adá Quist"
    };
    SpeakerNames names = heard(spellings);
    for (String spelling : spellings) {
      assertThat(names.of(spelling)).as(spelling).isEqualTo("Ada Quist");
    }
  }

  @Test
  void aFirstNameThatTwoHaveStaysAsItIs() {
    SpeakerNames names = heard("Ada Quist", "Ada Moor", "Ada");
    assertThat(names.of("Ada")).isEqualTo("Ada");
  }

  @Test
  void otherPeopleAndProgramsAreLeftAlone() {
    SpeakerNames names = heard("Speaker 1", "Speaker 2", "Speaker", "Ben Orr", "Ben Orlov", "B");
    for (String name : List.of("Speaker 1", "Speaker 2", "Speaker", "Ben Orr", "Ben Orlov", "B")) {
      assertThat(names.of(name)).isEqualTo(name);
    }
  }

  @Test
  void theSpellingOfTheManifestIsShown() {
    SpeakerNames names =
        SpeakerNames.of(
            Map.of(),
            List.of(new Speaker("Ada van Quist", "host")),
            List.of("ADA VAN QUIST", "Ada"));
    assertThat(names.of("ADA VAN QUIST")).isEqualTo("Ada van Quist");
    assertThat(names.of("Ada")).isEqualTo("Ada van Quist");
  }

  @Test
  void labelsRenameAndMerge() {
    SpeakerNames names =
        SpeakerNames.of(
            Map.of("Speaker 1", "Ada Quist", "SPEAKER 3", "Ada Quist", "Speaker 9", "Ben Orr"),
            List.of(),
            List.of("speaker 1", "Speaker 2", "Speaker 3"));
    assertThat(names.of("speaker 1")).isEqualTo("Ada Quist");
    assertThat(names.of("Speaker 3")).isEqualTo("Ada Quist");
    assertThat(names.of("Speaker 2")).isEqualTo("Speaker 2");
    assertThat(names.unused()).containsExactly("Speaker 9");
  }
}
