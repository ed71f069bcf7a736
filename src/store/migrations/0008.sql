-- Which pages are read through another one, asked whenever one is let go.
CREATE INDEX page_base ON page (base) WHERE base IS NOT NULL;
