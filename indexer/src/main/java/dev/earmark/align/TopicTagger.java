package dev.earmark.align;

import dev.earmark.model.Moment;
import dev.earmark.text.EnglishNouns;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tags moments with the topics of their episode.
 *
 * <p>A moment is about a topic if it has all words of the topic except function words, in any order
 * and any regular form ("scaling law" and "scaling laws"). If part of a topic is in brackets,
 * either part is enough: "AI Industry Structure (Monopoly vs Oligopoly)". Thread-safe.
 */
public final class TopicTagger {
  private static final Set<String> SMALL =
      Set.of(
          "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or",
          "s", "the", "to", "vs", "versus", "with");

  private final List<Topic> topics;

  private record Topic(String name, List<Set<String>> parts) {}

  /**
   * @param topics as the episode declares them; a topic of small words only is never given
   */
  public TopicTagger(Collection<String> topics) {
    List<Topic> known = new ArrayList<>();
    for (String topic : topics) {
      List<Set<String>> parts = new ArrayList<>();
      for (String part : topic.split("[()]")) {
        Set<String> content = content(part);
        if (!content.isEmpty()) {
          parts.add(content);
        }
      }
      if (!parts.isEmpty()) {
        known.add(new Topic(topic, parts));
      }
    }
    this.topics = List.copyOf(known);
  }

  private static Set<String> content(String text) {
    Set<String> content = new HashSet<>();
    for (String word : Words.of(text).folded()) {
      if (!SMALL.contains(word)) {
        content.add(EnglishNouns.singular(word));
      }
    }
    return content;
  }

  /** The moment with the topics it speaks of added to those its source gives it. */
  public Moment tag(Moment moment) {
    if (topics.isEmpty()) {
      return moment;
    }
    Set<String> spoken = new HashSet<>();
    Arrays.stream(Words.of(moment.text()).folded())
        .map(EnglishNouns::singular)
        .forEach(spoken::add);
    Moment.Builder tagged = null;
    for (Topic topic : topics) {
      if (!moment.topics().contains(topic.name())
          && topic.parts().stream().anyMatch(spoken::containsAll)) {
        tagged = tagged == null ? moment.toBuilder() : tagged;
        tagged.topic(topic.name());
      }
    }
    return tagged == null ? moment : tagged.build();
  }
}
