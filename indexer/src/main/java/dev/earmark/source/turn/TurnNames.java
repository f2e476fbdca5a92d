package dev.earmark.source.turn;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.LineHead.Form;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.time.TimeMark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the names at the heads of a document's lines name speakers, and in which styles a name
 * begins a turn.
 *
 * <p>Heads are counted by {@link HeadStyle}. A style is one of turns if most of its names come
 * again; then its other names count, too, if they look like names. What comes once and looks like a
 * sentence, such as {@code Remember: …}, stays text. Not thread-safe.
 */
final class TurnNames {
  private static final int FEW = 3;
  private static final long MINUTE_MS = 60_000;

  /** Characters behind a name that are more than the value of a field. */
  private static final int LONG_WORDS = 120;

  /** Words before a colon that open sentences and fields, where nothing recurs. */
  private static final Set<String> NO_NAMES =
      Set.of(
          ("note notes update edit source sources slides video audio link links date time title"
                  + " location agenda topic topics summary reference references example warning"
                  + " duration length ps todo http https language category tags speaker speakers"
                  + " host hosts guest guests paper website twitter email subject attendees"
                  + " participants present absent")
              .split(" "));

  /** What is counted of one style. */
  private static final class Group {
    private final HeadStyle style;
    private int heads;
    private int withText;

    /** Whether a time is in the first minute. */
    private boolean early;

    private int bold;
    private final List<WrittenName> written = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    /** The names with words behind them that are a sentence, or many. */
    private final Set<String> said = new HashSet<>();

    Group(HeadStyle style) {
      this.style = style;
    }

    /** How many of its names are written as names are. */
    int alike() {
      int alike = 0;
      for (WrittenName name : written) {
        alike += name.isLikely() && !NO_NAMES.contains(name.key()) ? 1 : 0;
      }
      return alike;
    }

    boolean isAlike() {
      return alike() == heads;
    }
  }

  private final @Nullable Group[] byStyle = new @Nullable Group[HeadStyle.count()];
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, Integer> allNames = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final BitSet turnStyles = new BitSet();
  private @Nullable WrittenName[] written = {};
  private int units;
  private int items;
  private boolean solo;
  private @Nullable Set<String> alikeKeys;

  /**
   * Counts a head.
   *
   * @param text whether words follow it, on its line or below
   */
  void count(HeadStyle style, WrittenName name, LineHead head, boolean text) {
    Group group = byStyle[style.number()];
    if (group == null) {
      group = new Group(style);
      byStyle[style.number()] = group;
      groups.add(group);
    }
    String key = name.key();
    group.heads++;
    group.early |= head.lead() != null && head.lead().startMs() < MINUTE_MS;
    group.names.merge(key, 1, Integer::sum);
    group.bold += head.bold() ? 1 : 0;
    group.written.add(name);
    group.withText += text ? 1 : 0;
    if (text && !group.said.contains(key) && isSaid(head)) {
      group.said.add(key);
    }
    if (style.form() != Form.ALONE || style.timed()) {
      allNames.merge(key, 1, Integer::sum);
    }
  }

  /** Whether words behind a name are a sentence or many; those on the lines below are. */
  private static boolean isSaid(LineHead head) {
    TimeMark tail = head.tail();
    String rest = tail == null ? head.rest() : LineHead.withoutTail(head.rest(), tail);
    return rest.length() > LONG_WORDS
        || rest.isBlank()
        || ".?!".indexOf(rest.charAt(rest.length() - 1)) >= 0
        || TurnLayout.endsSentence(MarkdownText.plain(rest));
  }

  /** Whether anybody speaks. */
  boolean isEmpty() {
    return names.isEmpty();
  }

  /** How many speak. */
  int size() {
    return names.size();
  }

  /** Whether this is the key of somebody who speaks. */
  boolean has(String key) {
    return names.contains(key);
  }

  /** How often a name stands at heads, whoever it is. */
  int heads(String key) {
    return allNames.getOrDefault(key, 0);
  }

  /** Whether somebody's name in this style begins a turn. */
  boolean begins(HeadStyle style) {
    return turnStyles.get(style.number());
  }

  /** Whether all that speaks is a question. */
  boolean areOnlyQuestions() {
    return names.equals(Set.of("q"));
  }

  /** Whether questions and answers make up the document, so that Q and A are who speaks. */
  boolean isInterview() {
    return names.contains("q")
        && names.contains("a")
        && names.stream()
            .allMatch(name -> name.length() == 1 || allNames.getOrDefault(name, 0) < 2);
  }

  /** Whether people go by a letter each, so that A is one of them. */
  boolean areLetters() {
    return names.size() > 1
        && !names.contains("q")
        && names.stream().allMatch(name -> name.length() == 1);
  }

  /** Takes nobody for a speaker after all. */
  void clear() {
    names.clear();
    turnStyles.clear();
  }

  /**
   * Decides, once all heads are counted.
   *
   * @param known keys of names that the document gives elsewhere
   * @param allUnits how many lines, or paragraphs, there are
   * @param allItems how many of the lines are items of lists
   * @param timed whether there is as much between times as one says who speaks alone
   * @param heads the names of the lines
   */
  void decide(
      Set<String> known, int allUnits, int allItems, boolean timed, @Nullable WrittenName[] heads) {
    units = allUnits;
    items = allItems;
    solo = timed;
    written = heads;
    if (groups.isEmpty()) {
      return;
    }
    Set<String> recurring = new HashSet<>();
    allNames.forEach((key, count) -> {
      if (count > 1) {
        recurring.add(key);
      }
    });
    boolean questions = recurring.equals(Set.of("q", "a"));
    groups.forEach(group -> {
      HeadStyle style = group.style;
      int again = 0;
      int distinct = 0;
      int all = 0;
      for (Map.Entry<String, Integer> name : group.names.entrySet()) {
        int count =
            Math.max(name.getValue(), style.timed() ? allNames.getOrDefault(name.getKey(), 0) : 0);
        all += name.getValue();
        if (count > 1) {
          again += name.getValue();
          distinct++;
        }
      }
      boolean most = again >= 2 && again * 2 >= all;
      boolean text = group.withText * 2 >= group.heads;
      boolean turns = text && isOfTurns(group, most, distinct, again);
      if (turns) {
        turnStyles.set(style.number());
      }
      boolean throughout = again * 2 >= units;
      group.names.forEach((key, count) -> {
        boolean comesAgain = count > 1 || (style.timed() && allNames.getOrDefault(key, 0) > 1);
        boolean plain = !style.item() && !style.heading();
        boolean mayBe =
            turns || (plain && style.form() == Form.COLON && (comesAgain || style.timed()));
        boolean looks = mayBe && !NO_NAMES.contains(key) && looks(key);
        if (!comesAgain && !style.timed() && !known.contains(key)) {
          // What comes once is somebody only if he says something; among questions and answers
          // it is a remark, unless it is a name in full.
          looks &= group.said.contains(key) && !(questions && key.indexOf(' ') < 0);
        }
        boolean named = looks || (turns && comesAgain && (style.timed() || throughout));
        named |= turns && (key.equals("q") || key.equals("a")) && areQuestions(group);
        boolean label = plain && group.withText > 0 && SpeakerName.isLabel(key);
        if (named || label || (plain && style.form() == Form.COLON && known.contains(key))) {
          names.add(key);
          if (style.form() == Form.COLON || label) {
            turnStyles.set(style.number());
          }
        }
      });
    });
    // A few turns may be written in another way than most.
    groups.forEach(group -> {
      HeadStyle style = group.style;
      int ours = 0;
      for (Map.Entry<String, Integer> name : group.names.entrySet()) {
        ours += names.contains(name.getKey()) ? name.getValue() : 0;
      }
      if (style.timed() && !style.item() && ours > 0 && ours * 2 >= group.heads) {
        turnStyles.set(style.number());
      }
    });
  }

  private boolean isOfTurns(Group group, boolean recurring, int distinct, int again) {
    HeadStyle style = group.style;
    boolean throughout = again * 2 >= units;
    if (style.item() || style.heading()) {
      // Items and headings are of anything; only where nearly all name a few people, and name them
      // again and again, are they turns.
      boolean most = again * 10 >= group.heads * 8 && distinct > 1 && distinct * 2 <= again;
      return most
          && (style.timed() || !style.heading() || style.form() == Form.ALONE)
          && group.alike() * 2 >= group.heads
          && (style.timed() || again * 2 >= (style.item() ? items : again * 2));
    }
    if (style.timed()) {
      return switch (style.form()) {
        // A list of questions with their times has a Q before each, and no answers.
        case COLON -> (recurring || group.isAlike()) && !group.names.keySet().equals(Set.of("q"));
        case ALONE ->
            recurring || (group.heads > 1 && group.withText == group.heads && group.isAlike());
        case DASH -> recurring && distinct > 1;
        // No chapter of a book is numbered 0.
        case INSIDE -> recurring && (distinct > 1 || again >= FEW) && group.early;
        default -> recurring && (distinct > 1 || again >= FEW);
      };
    }
    if (style.form() != Form.ALONE && areQuestions(group)) {
      // The questions behind a talk.
      return true;
    }
    return switch (style.form()) {
      // One person may speak throughout, and be named once.
      case COLON ->
          (recurring && (throughout || group.bold * 2 >= group.heads))
              // A roll call: everybody says a word.
              || (again > 1
                  && group.heads >= 2 * FEW
                  && group.heads * 10 >= units * 9
                  && group.isAlike())
              || (solo && group.bold == group.heads && group.heads < FEW && group.isAlike());
      case STOP -> recurring && distinct > 1 && again * 3 >= units;
      case BRACKET, INSIDE -> recurring && distinct > 1 && throughout;
      case DASH, TAB -> recurring && distinct > 1 && throughout && group.alike() * 2 >= group.heads;
      case ALONE ->
          recurring && distinct > 1 && again * 4 >= units && group.alike() * 2 >= group.heads;
      case NONE -> false;
    };
  }

  /** Whether heads are those of questions and answers. */
  private static boolean areQuestions(Group group) {
    int questions = group.names.getOrDefault("q", 0);
    int answers = group.names.getOrDefault("a", 0);
    return questions > 1 && answers > 1 && (questions + answers) * 10 >= group.heads * 8;
  }

  /** Whether some writing of a name looks like one; the key has lost its capitals. */
  private boolean looks(String key) {
    return alikeKeys().contains(key);
  }

  private Set<String> alikeKeys() {
    Set<String> keys = alikeKeys;
    if (keys == null) {
      keys = new HashSet<>();
      for (WrittenName name : written) {
        if (name != null && name.isOffice()) {
          keys.add(name.key());
        }
      }
      alikeKeys = keys;
    }
    return keys;
  }
}
