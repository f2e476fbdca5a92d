package dev.earmark.source.caption;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes one channel of line 21 closed captions, two bytes a frame, as CEA-608 (ANSI/CTA-608-E)
 * and 47 CFR 79.101 define them, into what is written on the screen and when.
 *
 * <ul>
 *   <li>Pop-on captions are written into a memory that is not shown; the caption begins where the
 *       memories are swapped.
 *   <li>Paint-on captions are written on the screen; the caption begins with its first character.
 *   <li>Of roll-up captions each row is a caption, from its first character until the rows move on,
 *       so that a row is told once although it stays on the screen.
 * </ul>
 *
 * <p>A caption ends where it is erased or replaced. Colours, underlines and places are not kept,
 * but for the order of rows. Text mode is no caption. Frames are numbers that rise; what is between
 * two pairs is not looked at. Not thread-safe.
 */
final class LineTwentyOne {
  /**
   * What was shown.
   *
   * @param endFrame -1 if it was never erased
   * @param text its rows, with line breaks between
   * @param line the line of the source that had its first characters
   */
  record Caption(long startFrame, long endFrame, String text, int line) {}

  private static final int ROWS = 15;

  /** A screen has 32; what an encoder wrote beyond its edge was meant to be read all the same. */
  private static final int COLUMNS = 96;

  /** Rows that are painted one after the other, with less than a second between, are a caption. */
  private static final int PAUSE_FRAMES = 30;

  /** Characters that differ from ASCII, section 6.4.1; pairs of code and character. */
  private static final String BASIC = "*á\\é^í_ó`ú{ç|÷}Ñ~ñ\u007F█";

  /** From 1130 on; the space at 1139 is one that shows what is behind it. */
  private static final String SPECIAL = "®°½¿™¢£♪à èâêîôû";

  /** From 1220 on: Spanish, signs, French. */
  private static final String WESTERN = "ÁÉÓÚÜü‘¡*’—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»";

  /** From 1320 on: Portuguese, German, Danish. */
  private static final String NORTHERN = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø┌┐└┘";

  /** Rows of the first byte of a place, the lower three bits, and 0x20 of the second. */
  private static final int[] PLACES = {11, 11, 1, 2, 3, 4, 12, 13, 14, 15, 5, 6, 7, 8, 9, 10};

  private enum Mode {
    POP_ON,
    PAINT_ON,
    ROLL_UP,
    TEXT
  }

  private final List<Caption> captions = new ArrayList<>();
  private Screen shown = new Screen();
  private Screen hidden = new Screen();

  /**
   * Pairs before the first code of a mode are those of a recording that begins amidst a caption.
   */
  private Mode mode = Mode.PAINT_ON;

  private final boolean swaps;
  private int row = ROWS;
  private int column = 1;

  /** The frame of the last character. */
  private long lastFrame;

  /** Whether painting was begun anew, and no place given yet. */
  private boolean again;

  /**
   * A channel of which nothing is known yet.
   *
   * @param swaps whether the source swaps memories anywhere; where it does not, what is written
   *     into the hidden one would never be seen, and is taken as shown at once
   */
  LineTwentyOne(boolean swaps) {
    this.swaps = swaps;
  }

  /** The captions so far; what is still on the screen has no end. */
  List<Caption> captions() {
    return captions;
  }

  /** Ends the source: what is on the screen, or was to come there, is a caption without an end. */
  void finish() {
    show(-1);
    if (hidden.written) {
      shown = hidden;
      show(-1);
    }
  }

  /** Takes a printable character, 0x20 to 0x7F. */
  void character(int code, long frame, int line) {
    int at = BASIC.indexOf(code);
    write(at >= 0 ? BASIC.charAt(at + 1) : (char) code, frame, line);
  }

  /**
   * Takes a control pair.
   *
   * @param first 0x10 to 0x17, the bit of the channel cleared
   * @param second 0x20 to 0x7F
   */
  void control(int first, int second, long frame, int line) {
    if (second >= 0x40) {
      place(PLACES[(first & 7) * 2 + ((second & 0x20) >> 5)], second & 0x1F, frame);
    } else if (first == 0x11 && second < 0x30) {
      // A change of colour takes the room of a space.
      write(' ', frame, line);
    } else if (first == 0x11) {
      write(SPECIAL.charAt(second - 0x30), frame, line);
    } else if (first == 0x12 || first == 0x13) {
      // The character before is what decoders without these characters show in its place.
      back();
      write((first == 0x12 ? WESTERN : NORTHERN).charAt(second - 0x20), frame, line);
    } else if (first == 0x17 && second >= 0x21 && second <= 0x23) {
      column = Math.min(COLUMNS, column + second - 0x20);
    } else if ((first == 0x14 || first == 0x15) && second < 0x30) {
      command(second, frame);
    }
  }

  private void command(int code, long frame) {
    switch (code) {
      case 0x20 -> {
        if (swaps) {
          mode = Mode.POP_ON;
        } else {
          paintOn(frame);
        }
      }
      case 0x21 -> {
        back();
        memory().erase(row, column, column);
      }
      case 0x24 -> memory().erase(row, column, COLUMNS);
      case 0x25, 0x26, 0x27 -> rollUp(frame);
      case 0x29 -> paintOn(frame);
      case 0x2A, 0x2B -> mode = Mode.TEXT;
      case 0x2C -> {
        show(frame);
        shown.clear();
      }
      case 0x2D -> {
        if (mode == Mode.ROLL_UP || mode == Mode.PAINT_ON) {
          show(frame);
          shown.clear();
          column = 1;
        }
      }
      case 0x2E -> hidden.clear();
      case 0x2F -> swap(frame);
      default -> {
        // Blinking, and codes that mean nothing.
      }
    }
  }

  private void paintOn(long frame) {
    if (mode != Mode.PAINT_ON || frame - lastFrame > PAUSE_FRAMES) {
      show(frame);
    }
    mode = Mode.PAINT_ON;
    again = true;
  }

  private void rollUp(long frame) {
    if (mode != Mode.ROLL_UP) {
      show(frame);
      shown.clear();
      hidden.clear();
      row = ROWS;
      column = 1;
    }
    mode = Mode.ROLL_UP;
  }

  private void swap(long frame) {
    show(frame);
    Screen before = shown;
    shown = hidden;
    hidden = before;
    shown.startFrame = frame;
    mode = Mode.POP_ON;
  }

  private void place(int toRow, int attributes, long frame) {
    int toColumn = attributes >= 0x10 ? 1 + ((attributes & 0xE) >> 1) * 4 : 1;
    boolean rolls = mode == Mode.ROLL_UP && toRow != row;
    boolean paintsOver =
        mode == Mode.PAINT_ON
            && (shown.rows[toRow - 1][toColumn - 1] != ' ' || (again && !shown.isEmpty(toRow)));
    again = false;
    if (rolls || paintsOver) {
      show(frame);
      shown.clear();
    }
    row = toRow;
    column = toColumn;
  }

  private void back() {
    column = Math.max(1, column - 1);
  }

  private Screen memory() {
    return mode == Mode.POP_ON ? hidden : shown;
  }

  private void write(char c, long frame, int line) {
    if (mode == Mode.TEXT) {
      return;
    }
    Screen memory = memory();
    if (!memory.written) {
      memory.written = true;
      memory.startFrame = frame;
      memory.line = line;
    }
    lastFrame = frame;
    memory.rows[row - 1][column - 1] = c;
    column = Math.min(COLUMNS, column + 1);
  }

  /** What is on the screen has been shown up to a frame; it is told only once. */
  private void show(long frame) {
    String text = shown.written ? shown.text() : "";
    if (!text.isEmpty()) {
      long end = frame < 0 ? frame : Math.max(shown.startFrame, frame);
      captions.add(new Caption(shown.startFrame, end, text, shown.line));
    }
    shown.written = false;
    if (!text.isEmpty() && mode != Mode.POP_ON) {
      // What is painted or rolled in beside it is a caption of its own.
      shown.clear();
    }
  }

  /** One of the two memories. */
  private static final class Screen {
    private final char[][] rows = new char[ROWS][COLUMNS];
    private boolean written;
    private long startFrame;
    private int line;

    Screen() {
      clear();
    }

    void clear() {
      for (char[] cells : rows) {
        Arrays.fill(cells, ' ');
      }
      written = false;
    }

    void erase(int row, int from, int to) {
      Arrays.fill(rows[row - 1], from - 1, to, ' ');
    }

    boolean isEmpty(int row) {
      for (char c : rows[row - 1]) {
        if (c != ' ') {
          return false;
        }
      }
      return true;
    }

    /** The rows with text, with single spaces inside. */
    String text() {
      StringBuilder text = new StringBuilder();
      for (char[] cells : rows) {
        int before = text.length();
        boolean space = false;
        for (char c : cells) {
          if (c != ' ') {
            boolean first = text.length() == before;
            text.append(first ? (before > 0 ? "\n" : "") : space ? " " : "").append(c);
          }
          space = c == ' ';
        }
      }
      return text.toString();
    }
  }
}
