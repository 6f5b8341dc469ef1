package synod.door;

import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/**
 * What a client sent, whole.
 *
 * @param words the command's name and its arguments, at least one word
 * @param bytes what it takes of memory
 * @param refusal why it was not kept whole, if it was not: it must not be carried out
 */
record Request(List<Bytes> words, int bytes, Optional<String> refusal) {}
