import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import "@/lib/i18n/tools";
import { Button } from "../ui/Button";

const SHOWN_MS = 2500;

interface Props {
  text: string;
  label: string;
  look?: "main" | "plain";
  className?: string;
}

/** Only where the browser lets a page write to the clipboard; what is to be copied is always there to be selected. */
export function CopyButton({ text, label, look = "plain", className = "" }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!navigator.clipboard) return null;
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => null,
    );
  return (
    <>
      <Button look={look} onClick={copy} className={className}>
        {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        {label}
      </Button>
      <span role="status" className="sr-only">
        {copied && t("tools.copied")}
      </span>
    </>
  );
}
