package synod.paxos;

/**
 * What an actor that hosts a role takes in: an {@link Envelope}, or a signal of its own replica
 * (which signals there are is the shell's matter). The type parameter keeps a prepare from being
 * sent to a learner: it does not compile.
 */
public interface Input<M extends Message> {}
