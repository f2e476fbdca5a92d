package dev.earmark.mcp;

import java.io.IOException;
import java.util.Map;

/**
 * Something an assistant can ask for.
 *
 * @param name what the protocol calls it by
 * @param title for people
 * @param description tells the assistant when to use it
 * @param arguments the JSON Schema of what it takes: an object
 * @param call answers it
 */
record Tool(
    String name, String title, String description, Map<String, Object> arguments, Call call) {

  /** Answers a call in plain text. */
  interface Call {
    /**
     * @param arguments what the assistant gave
     * @param base the address that links begin with, without a slash at the end; empty for
     *     addresses relative to the server
     * @throws ArgumentException if an argument is not what it must be
     */
    String answer(Arguments arguments, String base) throws IOException;
  }
}
