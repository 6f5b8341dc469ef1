package synod.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Leaves crashes that a test has asked for out of the log: there are hundreds of them. */
public final class OnPurpose extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    boolean onPurpose =
        thrown != null && String.valueOf(thrown.getMessage()).contains("on purpose");
    return onPurpose ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
