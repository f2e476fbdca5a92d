<sc:chapters version="1.2" xmlns:sc="http://podlove.org/simple-chapters/">
  <sc:chapter start="0" title="Intro" image="a.jpg"/>
  <sc:chapter start="95.250" title="The crane"/>
  <sc:chapter start="12:05" title="Questions" href="https://example.org/q"/>
  <sc:chapter start="1:02:03.5" title="„Tide &amp; time“"/>
</sc:chapters>
