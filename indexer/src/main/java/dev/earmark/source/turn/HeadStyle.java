package dev.earmark.source.turn;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.head.LineHead.Form;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A way in which heads are written; there is one of each. */
record HeadStyle(
    Form form, boolean timed, boolean timeFirst, boolean item, boolean heading, int number) {
  private static final int MARKS = 16;
  private static final Map<Form, HeadStyle[]> ALL = new EnumMap<>(Form.class);

  static {
    int number = 0;
    for (Form form : Form.values()) {
      HeadStyle[] styles = new HeadStyle[MARKS];
      for (int i = 0; i < MARKS; i++) {
        styles[i] =
            new HeadStyle(form, (i & 8) != 0, (i & 4) != 0, (i & 2) != 0, (i & 1) != 0, number++);
      }
      ALL.put(form, styles);
    }
  }

  /** How many there are. */
  static int count() {
    return ALL.size() * MARKS;
  }

  static HeadStyle of(Form form, boolean timed, boolean timeFirst, LineHead head) {
    int marks =
        (timed ? 8 : 0)
            | (timed && timeFirst ? 4 : 0)
            | (head.item() ? 2 : 0)
            | (head.level() > 0 ? 1 : 0);
    return Objects.requireNonNull(ALL.get(form))[marks];
  }
}
