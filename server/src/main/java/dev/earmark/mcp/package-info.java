/**
 * The door for assistants: the Model Context Protocol, over standard input and output and over
 * HTTP.
 *
 * <p>{@link dev.earmark.mcp.AssistantDoor} offers {@link dev.earmark.mcp.Tools} to a client. A tool
 * turns its arguments into a {@code SearchRequest}, and the page that comes back into a short text:
 * each passage verbatim, with speaker, time, episode and link, so that whoever reads the
 * assistant's answer can check it. An assistant takes an empty answer for "never said", so a search
 * that finds nothing says what a looser one finds.
 *
 * <p>Nothing can be changed through this door.
 *
 * @see <a href="https://modelcontextprotocol.io/specification">Model Context Protocol</a>
 */
@NullMarked
package dev.earmark.mcp;

import org.jspecify.annotations.NullMarked;
