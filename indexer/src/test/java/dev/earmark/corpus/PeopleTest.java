package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Person;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which names of different episodes are one person. */
final class PeopleTest {
  private final Map<String, Cast> casts = new TreeMap<>();

  private void episode(String id, @Nullable String show, String... names) {
    casts.put(
        id,
        new Cast(
            show,
            Arrays.stream(names)
                .map(name -> new Cast.Member(name, List.of(name), 1, false, null))
                .toList()));
  }

  private Person person(String episode, String name) {
    Person person = new People(casts).in(episode, casts.get(episode)).get(name);
    assertThat(person).as(episode + ": " + name).isNotNull();
    return person;
  }

  @Test
  void theSpellingsOfAShowAreOnePerson() {
    episode("one", "Boats", "Lenny Rachitsky", "Ada Quist");
    episode("two", "boats", "Lenny", "A. Quist");
    episode("three", "Boats", "LENNY RACHITSKY (Host)", "Dr. Adá Quist");
    episode("four", "Boats", "Rachitsky, Lenny");
    for (String[] one :
        List.of(
            new String[] {"one", "Lenny Rachitsky"},
            new String[] {"two", "Lenny"},
            new String[] {"three", "LENNY RACHITSKY (Host)"},
            new String[] {"four", "Rachitsky, Lenny"})) {
      assertThat(person(one[0], one[1]).value()).isEqualTo("Lenny Rachitsky");
      assertThat(person(one[0], one[1]).spellings())
          .contains("Lenny", "LENNY RACHITSKY (Host)", "Rachitsky, Lenny", "Lenny Rachitsky");
    }
    assertThat(person("two", "A. Quist").value()).isEqualTo("Ada Quist");
    assertThat(person("three", "Dr. Adá Quist").value()).isEqualTo("Ada Quist");
  }

  @Test
  void aFirstNameThatTwoOfTheShowHaveIsNeither() {
    episode("one", "Boats", "Ben Orr");
    episode("two", "Boats", "Ben Ode");
    episode("three", "Boats", "Ben");
    assertThat(person("three", "Ben").value()).isEqualTo("Ben");
  }

  @Test
  void oneNameInTwoShowsIsTwoPeople() {
    episode("one", "Boats", "Ben Orr", "Lenny Rachitsky");
    episode("two", "Trains", "Ben Orr", "Lenny");
    episode("three", null, "Ben Orr");
    assertThat(person("one", "Ben Orr")).returns("Ben Orr", Person::name);
    assertThat(person("one", "Ben Orr").value()).isEqualTo("Ben Orr (Boats)");
    assertThat(person("two", "Ben Orr").value()).isEqualTo("Ben Orr (Trains)");
    assertThat(person("three", "Ben Orr").value()).isEqualTo("Ben Orr (no show)");
    assertThat(person("one", "Lenny Rachitsky").value()).isEqualTo("Lenny Rachitsky");
    assertThat(person("two", "Lenny").value()).isEqualTo("Lenny");
  }

  @Test
  void anIdOfTheManifestJoinsThem() {
    casts.put(
        "one", new Cast("Boats", List.of(new Cast.Member("Ben Orr", List.of(), 2, true, "ben"))));
    casts.put(
        "two",
        new Cast("Trains", List.of(new Cast.Member("Benjamin Orr", List.of(), 1, true, "ben"))));
    assertThat(person("one", "Ben Orr").value()).isEqualTo("Ben Orr");
    assertThat(person("two", "Benjamin Orr").value()).isEqualTo("Ben Orr");
  }

  @Test
  void whatAProgramCallsSomebodyBelongsToItsRecording() {
    episode("one", "Boats", "Speaker 1", "SPEAKER_00", "Unknown speaker");
    episode("two", "Boats", "Speaker 1", "SPEAKER_00", "Unknown speaker", "Speaker 2");
    for (String label : List.of("Speaker 1", "SPEAKER_00", "Unknown speaker")) {
      assertThat(person("one", label).name()).isEqualTo(label);
      assertThat(person("one", label).value()).isEqualTo(label + " (one)");
      assertThat(person("two", label).value()).isEqualTo(label + " (two)");
    }
    assertThat(person("two", "Speaker 2").value()).isEqualTo("Speaker 2");
  }

  @Test
  void labelsAreToldFromNames() {
    for (String label :
        List.of(
            "Speaker 1",
            "speaker_01",
            "SPK2",
            "Speaker A",
            "Participant 3",
            "Unknown",
            "Guest",
            "Guest 2",
            "Host",
            "Male voice",
            "S1",
            "A",
            "Sprecher 2",
            "話者1",
            "Unidentified Speaker",
            "Interviewer")) {
      assertThat(SpeakerNames.isLabel(label)).as(label).isTrue();
    }
    for (String name :
        List.of(
            "Ada",
            "Ben Orr",
            "Guest Hall",
            "Person Smith",
            "Host Mary Jones",
            "Speaker Pelosi",
            "Mr. Speaker Jones",
            "Voice of America",
            "Professor B",
            "Manny")) {
      assertThat(SpeakerNames.isLabel(name)).as(name).isFalse();
    }
  }
}
