package dev.earmark.index;

import dev.earmark.corpus.Alternative;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.Person;
import dev.earmark.model.Problem;
import dev.earmark.model.Speaker;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the moments of an episode in one sequence and numbers their words.
 *
 * <p>Where the text continues, the first word of a moment has the number after the last word before
 * it; where it does not, there is a gap of {@value #GAP}. So "is said next" means "has the next
 * number", across any boundary, and no phrase runs from one document or list item into another.
 */
final class Flattener {
  /** Wider than any phrase or near query reaches. */
  static final int GAP = 10_000;

  private final List<IndexedMoment> moments = new ArrayList<>();
  private final List<IndexedMoment> alternatives = new ArrayList<>();
  private final EpisodeEntry entry;

  Flattener(
      EpisodeDocument document, String origin, String fingerprint, Map<String, Person> people) {
    Episode episode = named(document.episode(), people);
    List<EpisodeEntry.Source> sources = new ArrayList<>();
    long position = 0;
    int ordinal = 0;
    for (SourceDocument source : document.sources()) {
      long words = 0;
      boolean joins = false;
      List<Words> texts = source.moments().stream().map(read -> Words.of(read.text())).toList();
      BitSet asides = AdAndLoopDetector.in(source.moments(), texts);
      Chapters chapters = Chapters.besides(source, document.sources());
      int number = 0;
      for (Moment read : source.moments()) {
        Person person = person(read, people);
        Moment moment = named(read, person);
        if (!joins || !moment.continues()) {
          position += GAP;
        }
        moments.add(
            new IndexedMoment(
                episode,
                source.name(),
                source.format(),
                source.language(),
                ordinal++,
                position,
                chapters.of(moment),
                asides.get(number),
                person,
                moment));
        int count = texts.get(number++).count();
        words += count;
        position += count;
        // A moment without words, such as a row of stars, parts the text before it from that after.
        joins = count > 0;
      }
      sources.add(
          new EpisodeEntry.Source(
              source.name(), source.format(), source.language(), source.moments().size(), words));
    }
    List<EpisodeEntry.Alternative> kept = new ArrayList<>();
    for (Alternative alternative : document.alternatives()) {
      SourceDocument source = alternative.document();
      long words = 0;
      for (Moment read : source.moments()) {
        Person person = person(read, people);
        alternatives.add(
            new IndexedMoment(
                episode,
                source.name(),
                source.format(),
                source.language(),
                ordinal++,
                words,
                List.of(),
                false,
                person,
                named(read, person)));
        words += Words.of(read.text()).count();
      }
      kept.add(
          new EpisodeEntry.Alternative(
              new EpisodeEntry.Source(
                  source.name(),
                  source.format(),
                  source.language(),
                  source.moments().size(),
                  words),
              alternative.searched()));
    }
    Map<String, Integer> problems = new LinkedHashMap<>();
    for (Problem problem : document.problems()) {
      problems.merge(problem.code(), 1, Integer::sum);
    }
    entry =
        new EpisodeEntry(
            episode, origin, fingerprint, sources, kept, problems, document.cast(), people);
  }

  private static @Nullable Person person(Moment moment, Map<String, Person> people) {
    String speaker = moment.speaker();
    Person known = speaker == null ? null : people.get(speaker);
    return known != null || speaker == null ? known : Person.named(speaker);
  }

  private static Moment named(Moment moment, @Nullable Person person) {
    return person == null || person.name().equals(moment.speaker())
        ? moment
        : moment.toBuilder().speaker(person.name()).build();
  }

  /** The episode with its people as the index calls them. */
  private static Episode named(Episode episode, Map<String, Person> people) {
    Map<String, Speaker> speakers = new LinkedHashMap<>();
    for (Speaker speaker : episode.speakers()) {
      Person person = people.get(speaker.name());
      String name = person == null ? speaker.name() : person.name();
      speakers.merge(
          name,
          new Speaker(name, speaker.role()),
          (known, again) -> known.role() == null ? again : known);
    }
    return episode.withSpeakers(List.copyOf(speakers.values()));
  }

  EpisodeEntry entry() {
    return entry;
  }

  /** What is kept beside the moments to be read. */
  List<IndexedMoment> alternatives() {
    return alternatives;
  }

  List<IndexedMoment> moments() {
    return moments;
  }
}
