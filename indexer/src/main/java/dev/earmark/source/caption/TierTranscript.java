package dev.earmark.source.caption;

import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.SpokenWords;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of linguists, in tiers: rows of labels on one timeline, a row for each speaker and
 * often several, such as sentences, their words, their sounds and a translation.
 *
 * <p>Of each speaker the sentences are read. Words give them their times, where they lie within; a
 * speaker who has only words has them joined. Rows of sounds, of translations and of notes about
 * what happens are no speech of the recording, and are named in a notice.
 */
final class TierTranscript {
  private static final int FEW = 5;
  private static final double MOST = 0.8;
  private static final double A_WORD = 1.2;
  private static final Pattern PARTS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** What labels say where nobody speaks. */
  private static final Set<String> SILENT =
      Set.of(
          "sil", "<sil>", "sp", "spn", "<p:>", "<p>", "#", "_", "-", "pause", "<pause>", "silence",
          "<eps>", "xxx");

  private static final Set<String> WORD_TIERS =
      words("word words wrd wort wörter worte mot mots token tokens ort ortho palabra palabras");
  private static final Set<String> SOUND_TIERS =
      words(
          "phone phones phoneme phonemes phon phonetic segment segments mau ipa syllable syllables"
              + " syll syllabes pitch tone tones f0 kan laut laute");
  private static final Set<String> OTHER_TIERS =
      words(
          "gesture gestures gaze note notes comment comments kommentar noise noises pos lemma"
              + " lemmas gloss glosses glosse gls mb mp ge ps ft tl translation translations"
              + " traduction übersetzung topic topics shot turn turns nonverbal action actions"
              + " laughter breath code codes id ref metadata");
  private static final Set<String> ROLES =
      words(
          "tx txt text transcript transcription trans transkription orth orthography utt utterance"
              + " utterances sentence sentences phrase phrases speech default tier speaker"
              + " intervals annotation dialogue");

  private static Set<String> words(String list) {
    return Set.copyOf(Arrays.asList(list.split(" ")));
  }

  /** A label and its time in milliseconds. */
  record Label(long startMs, long endMs, String text, int line) {}

  /**
   * A tier.
   *
   * @param speaker who speaks in it; null to go by the name
   */
  record Tier(String name, @Nullable String speaker, List<Label> labels) {
    boolean is(Set<String> kinds) {
      for (String part : PARTS.split(name.toLowerCase(Locale.ROOT))) {
        if (kinds.contains(part)) {
          return true;
        }
      }
      return false;
    }

    /** The speaker, or what is left of the name without what says the kind of tier. */
    @Nullable String who() {
      if (speaker != null && !speaker.isBlank()) {
        return speaker.strip();
      }
      List<String> rest = new ArrayList<>();
      boolean numbered = name.regionMatches(true, 0, "speaker", 0, "speaker".length());
      for (String part : name.strip().split("[\\s@_–—:/()\\[\\]-]+")) {
        String lower = part.toLowerCase(Locale.ROOT);
        boolean kind =
            ROLES.contains(lower) || WORD_TIERS.contains(lower) || SOUND_TIERS.contains(lower);
        if (!part.isEmpty() && !kind && !lower.chars().allMatch(Character::isDigit)) {
          rest.add(part);
        } else if (lower.equals("speaker")
            || (!rest.isEmpty() && lower.chars().allMatch(Character::isDigit))) {
          rest.add(part);
        } else if (numbered && !part.isEmpty()) {
          rest.add(part);
        }
      }
      String who = String.join(" ", rest);
      return who.isEmpty() || who.equalsIgnoreCase("speaker") ? null : who;
    }

    double wordsALabel() {
      long count = 0;
      for (Label label : labels) {
        count += Words.of(label.text()).count();
      }
      return labels.isEmpty() ? 0 : count / (double) labels.size();
    }
  }

  private TierTranscript() {}

  /** Whether a tier is by its name no speech: sounds, a translation, notes. */
  static boolean isOther(Tier tier) {
    return tier.is(OTHER_TIERS) || tier.is(SOUND_TIERS);
  }

  /** Whether a tier holds the words of the sentences of another, with their times. */
  static boolean hasWordsOf(Tier words, Tier sentences) {
    return words.labels().size() > sentences.labels().size()
        && words.wordsALabel() <= (words.is(WORD_TIERS) ? 2 : A_WORD)
        && liesIn(words, sentences);
  }

  static boolean isSilent(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return plain.isEmpty() || SILENT.contains(plain);
  }

  /** Adds what is said in the tiers, in time order. */
  static void into(List<Tier> all, CueBuilder cues, ProblemLog problems) {
    List<Tier> tiers = new ArrayList<>();
    for (Tier tier : all) {
      List<Label> spoken = tier.labels().stream().filter(label -> !isSilent(label.text())).toList();
      if (!spoken.isEmpty()) {
        tiers.add(new Tier(tier.name(), tier.speaker(), spoken));
      }
    }
    Map<String, List<Tier>> speakers = new LinkedHashMap<>();
    for (Tier tier : tiers) {
      boolean other = isOther(tier);
      if (other && tiers.stream().anyMatch(one -> !isOther(one))) {
        problems.notice(
            "tier-not-read",
            tier.labels().getFirst().line(),
            "the tier \"" + Excerpt.of(tier.name()) + "\" is not what was said",
            "left out");
      } else {
        speakers.computeIfAbsent(String.valueOf(tier.who()), who -> new ArrayList<>()).add(tier);
      }
    }
    List<Spoken> spoken = new ArrayList<>();
    for (List<Tier> its : speakers.values()) {
      ofSpeaker(its, spoken);
    }
    spoken.sort(Comparator.comparingLong(Spoken::startMs));
    String named =
        speakers.size() == 1 && tiers.size() == 1 && !isName(tiers.getFirst()) ? null : "";
    for (Spoken one : spoken) {
      cues.add(
          one.startMs(),
          one.endMs(),
          named == null ? null : one.speaker(),
          one.text(),
          one.words(),
          one.line());
    }
  }

  /** Whether the only tier is called by a person's name rather than by what it is. */
  private static boolean isName(Tier tier) {
    return tier.speaker() != null || tier.who() != null;
  }

  private record Spoken(
      long startMs,
      long endMs,
      @Nullable String speaker,
      String text,
      List<TimedWord> words,
      int line) {}

  private static void ofSpeaker(List<Tier> tiers, List<Spoken> spoken) {
    List<Tier> words = new ArrayList<>();
    List<Tier> sentences = new ArrayList<>();
    for (Tier tier : tiers) {
      boolean single = tier.labels().size() >= FEW && tier.wordsALabel() <= A_WORD;
      boolean others = tiers.size() > 1;
      boolean ofWords = tier.is(WORD_TIERS) && tier.wordsALabel() <= 2;
      (ofWords || (single && others) ? words : sentences).add(tier);
    }
    if (sentences.isEmpty()) {
      Tier tier = words.getFirst();
      CueBuilder joined = new CueBuilder(new ProblemLog("tier"));
      SpokenWords all = new SpokenWords(joined);
      for (Label word : tier.labels()) {
        all.word(word.text().strip(), word.startMs(), word.endMs(), tier.who(), word.line());
      }
      all.flush();
      joined
          .cues()
          .forEach(cue ->
              spoken.add(
                  new Spoken(
                      cue.span().startMs(),
                      cue.span().endMs(),
                      tier.who(),
                      cue.text(),
                      cue.words(),
                      cue.line())));
      return;
    }
    for (Tier tier : sentences) {
      Tier its = words.stream().filter(one -> liesIn(one, tier)).findFirst().orElse(null);
      int next = 0;
      for (Label sentence : tier.labels()) {
        List<TimedWord> timed = new ArrayList<>();
        String text = sentence.text().strip();
        int from = 0;
        while (its != null
            && next < its.labels().size()
            && its.labels().get(next).startMs() < sentence.endMs()) {
          Label word = its.labels().get(next++);
          int at = text.indexOf(word.text().strip(), from);
          if (at >= 0 && word.startMs() >= sentence.startMs()) {
            from = at + word.text().strip().length();
            timed.add(new TimedWord(at, from, word.startMs(), word.endMs()));
          }
        }
        spoken.add(
            new Spoken(
                sentence.startMs(), sentence.endMs(), tier.who(), text, timed, sentence.line()));
      }
    }
  }

  /** Whether most words lie within the sentences of a tier. */
  private static boolean liesIn(Tier words, Tier sentences) {
    int inside = 0;
    int at = 0;
    for (Label word : words.labels()) {
      while (at < sentences.labels().size()
          && sentences.labels().get(at).endMs() <= word.startMs()) {
        at++;
      }
      boolean lies =
          at < sentences.labels().size()
              && sentences.labels().get(at).startMs() <= word.startMs()
              && sentences.labels().get(at).text().contains(word.text().strip());
      inside += lies ? 1 : 0;
    }
    return inside >= MOST * words.labels().size();
  }
}
