package dev.assay.reports;

import dev.assay.model.RuleOutcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Rules as JUnit test cases, a suite per table, for the test view of a CI server. */
public final class JUnitReport {
  private JUnitReport() {}

  public static String of(List<TableReport> reports) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (TableReport report : reports) {
        suite(report, xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
    return text.toString();
  }

  private static void suite(TableReport report, XMLStreamWriter xml) throws XMLStreamException {
    List<RuleOutcome> outcomes = report.outcomes();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", report.run().table().toString());
    xml.writeAttribute("timestamp", report.run().startedAt().toString());
    xml.writeAttribute("tests", String.valueOf(outcomes.size()));
    xml.writeAttribute(
        "failures", String.valueOf(outcomes.stream().filter(RuleOutcome::failed).count()));
    xml.writeAttribute(
        "errors", String.valueOf(outcomes.stream().filter(RuleOutcome::unanswered).count()));
    for (RuleOutcome outcome : outcomes) {
      testCase(report, outcome, xml);
    }
    xml.writeEndElement();
  }

  private static void testCase(TableReport report, RuleOutcome outcome, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", report.run().table().toString());
    xml.writeAttribute("name", outcome.rule());
    if (!outcome.passed()) {
      xml.writeStartElement(outcome.failed() ? "failure" : "error");
      xml.writeAttribute("message", outcome.message());
      outcome.reason().ifPresent(reason -> attribute(xml, reason.name()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String type) {
    try {
      xml.writeAttribute("type", type);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory failed", e);
    }
  }
}
